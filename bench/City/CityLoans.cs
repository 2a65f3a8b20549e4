namespace Metro.Bench.City;

/// <summary>
/// Eight years of lending. What ended more than a month ago no longer knows its member, unless the member keeps a history: what
/// the nightly clean-up has long done.
/// </summary>
internal static class CityLoans
{
    private const int Years = 8;
    private const int LinkedDays = 30;

    public static void Write(CityFile file, CitySize size, CityShelves shelves, DateOnly today)
    {
        var borrowed = new int[size.Titles + 1];
        var row = new object?[17];
        file.Write("loans",
            "id, copy_id, title_id, format, member_id, member_category, branch_id, channel, lent_at, lent_on, due_on, renewals, renewed_on, state, ended_at, returned_on, return_branch_id",
            Past().Concat(Current()));
        file.Run("CREATE TEMP TABLE borrowed (title INTEGER PRIMARY KEY, times INTEGER)");
        file.Write("borrowed", "title, times", Enumerable.Range(1, size.Titles).Where(title => borrowed[title] > 0).Select(title => (object?[])[title, borrowed[title]]));
        file.Run("UPDATE titles SET times_borrowed = (SELECT times FROM borrowed WHERE title = titles.id) WHERE id IN (SELECT title FROM borrowed)");
        file.Run("DROP TABLE borrowed");

        IEnumerable<object?[]> Past()
        {
            var dice = new Random(11);
            for (var number = 1; number <= size.PastLoans; number++)
            {
                // Loans have the order in which they were made, as in life; the few titles that everybody reads are many loans.
                var back = (int)((1 - ((double)number / size.PastLoans)) * Years * 365) + 8;
                var title = 1 + (int)(size.Titles * Math.Pow(dice.NextDouble(), 3));
                title = Math.Min(title, size.Titles);
                var copy = shelves.FirstCopyOf(title) + dice.Next(Math.Max(1, shelves.CopiesOf(title)));
                var member = 1 + (int)(size.Members * Math.Pow(dice.NextDouble(), 2));
                var lentOn = today.AddDays(-back);
                var days = Math.Min(back - 1, dice.Next(20) == 0 ? 7 + dice.Next(40) : 1 + dice.Next(7));
                var returnedOn = lentOn.AddDays(days);
                var isLinked = CityMembers.KeepsHistory(member) || today.DayNumber - returnedOn.DayNumber < LinkedDays;
                Fill(number, copy, title, isLinked ? member : null, member, lentOn, 7, "Returned");
                row[14] = returnedOn.ToDateTime(new TimeOnly(3 + dice.Next(5), dice.Next(60)));
                (row[15], row[16]) = (returnedOn, row[6]);
                yield return row;
            }
        }

        IEnumerable<object?[]> Current()
        {
            for (var number = 0; number < size.CurrentLoans; number++)
            {
                var copy = shelves.LentCopy(number);
                // One in twelve is late.
                var lentOn = today.AddDays(number % 12 == 0 ? -10 - (number / 12 % 40) : -(number % 7));
                var member = 1 + (int)(number * 7919L % size.Members);
                Fill(size.PastLoans + 1 + number, copy, shelves.TitleOf(copy), member, member, lentOn, 7, "Out");
                (row[14], row[15], row[16]) = (null, null, null);
                yield return row;
            }
        }

        void Fill(int id, int copy, int title, long? member, int borrower, DateOnly lentOn, int days, string state)
        {
            borrowed[title]++;
            (row[0], row[1], row[2], row[3], row[4], row[5]) = (id, copy, title, "Print", member, CityMembers.CategoryOf(borrower));
            (row[6], row[7]) = (CityShelves.BranchOf(copy), id % 5 == 0 ? "SelfService" : "Desk");
            (row[8], row[9], row[10]) = (lentOn.ToDateTime(new TimeOnly(2 + (id % 6), id % 60)), lentOn, lentOn.AddDays(days));
            (row[11], row[12], row[13]) = (0, null, state);
        }
    }
}
