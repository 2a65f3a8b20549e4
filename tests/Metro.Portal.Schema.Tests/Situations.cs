using Metro.Library;
using Metro.Library.Catalog;
using Metro.Library.Members;
using Metro.Library.Programs;
using Metro.Library.Spaces;
using Metro.Library.Visits;

namespace Metro.Portal.Schema.Tests;

/// <summary>What the library has in a test, made by the library's own verbs.</summary>
internal static class Situations
{
    private static readonly Actor Librarian = ApiUnderTest.Librarian;
    private static int cards;

    extension(ApiUnderTest api)
    {
        /// <summary>A title, with copies on the shelf of the main branch; its key.</summary>
        public async Task<long> ABookAsync(string title, int copies = 0, string author = "Hirata, Andrea", string? isbn = null, Audience audience = Audience.General)
        {
            var answer = await api.DoAsync((Cataloguing desk) => desk.AddTitleAsync(
                new TitleDescription
                {
                    Name = title, Audience = audience, Language = "ind", Year = 2005, Publisher = "Bentang",
                    Contributors = [new DescribedContributor(author)], Subjects = ["Persahabatan"],
                    Identifiers = isbn is null ? [] : [new DescribedIdentifier(IdentifierKind.Isbn, isbn)],
                },
                Librarian, ApiUnderTest.Stop));
            Assert.Empty(answer.Refusals);
            for (var i = 0; i < copies; i++) await api.ACopyAsync(answer.TitleId!.Value, $"B{answer.TitleId:000}-{i}");
            return answer.TitleId!.Value;
        }

        /// <summary>A copy on the shelf of the main branch; its key.</summary>
        public async Task<long> ACopyAsync(long titleId, string barcode, long? branchId = null)
        {
            var branch = branchId ?? api.Main;
            var id = (await api.DoAsync((Cataloguing desk) => desk.AddCopyAsync(titleId, new CopyDescription(barcode, branch), Librarian, ApiUnderTest.Stop))).Value;
            Assert.Null(await api.DoAsync((Cataloguing desk) => desk.ShelveCopyAsync(id, branch, Librarian, ApiUnderTest.Stop)));
            return id;
        }

        /// <summary>A grown-up with a card.</summary>
        public async Task<Member> AMemberAsync(string name = "Budi Santoso", MemberCategory category = MemberCategory.Adult)
        {
            var nik = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"187201170590{Interlocked.Increment(ref cards):0000}");
            var isPerson = category is not (MemberCategory.School or MemberCategory.Organisation);
            var application = new MembershipApplication(
                new MemberDetails(
                    name, isPerson ? new DateOnly(1990, 5, 17) : null, $"{Guid.NewGuid():N}@contoh.id", "+62 812 0000 111",
                    ContactPerson: isPerson ? null : "Ibu Wati", Npsn: category == MemberCategory.School ? "10807711" : null),
                category, isPerson ? nik : null);
            return (await api.DoAsync((Library.Members.Registrations desk) => desk.RegisterAtDeskAsync(application, Librarian, ApiUnderTest.Stop))).Value;
        }

        /// <summary>A published program.</summary>
        public async Task<LibraryProgram> AProgramAsync(string title, ProgramKind kind = ProgramKind.Workshop, string? contentKey = null, bool published = true)
        {
            var program = (await api.DoAsync((ProgramPlanning planning) => planning.CreateAsync(
                new ProgramDetails
                {
                    Title = title, TitleEnglish = $"{title} (en)", Kind = kind, Summary = "Ikut dan belajar bersama.", NeedsGuardianConsent = false,
                    ContentKey = contentKey, MostCompanions = 2,
                },
                Librarian, ApiUnderTest.Stop))).Value;
            if (published) Assert.Null(await api.DoAsync((ProgramPlanning planning) => planning.PublishAsync(program.Id, Librarian, ApiUnderTest.Stop)));
            return program;
        }

        /// <summary>A session of two hours that starts so many days from now, at the same time of day.</summary>
        public async Task<Session> ASessionAsync(LibraryProgram program, int inDays = 2, int seats = 10)
        {
            var start = api.Clock.UtcNow.AddDays(inDays);
            return (await api.DoAsync((ProgramPlanning planning) => planning.ScheduleAsync(
                program.Id, new SessionPlan(start, start.AddHours(2), SessionPlace.AtBranch(api.Main), seats), Librarian, ApiUnderTest.Stop))).Value;
        }

        /// <summary>A room that members book at once.</summary>
        public async Task<Space> ASpaceAsync(string name = "Ruang Belajar", bool needsApproval = false)
        {
            var kind = (await api.DoAsync((SpacePlanning planning) => planning.CreateKindAsync(
                new SpaceKindDetails { Name = "Ruang belajar " + name, NameEnglish = "Study room", NeedsApproval = needsApproval }, Librarian, ApiUnderTest.Stop))).Value;
            return (await api.DoAsync((SpacePlanning planning) => planning.CreateAsync(
                new SpaceDetails { KindId = kind.Id, BranchId = api.Main, Name = name, NameEnglish = "Study room", Capacity = 8 }, Librarian, ApiUnderTest.Stop))).Value;
        }

        /// <summary>A tour for classes, Tuesdays and Thursdays at nine.</summary>
        public async Task<VisitOffer> AnOfferAsync() =>
            (await api.DoAsync((Schools schools) => schools.OfferAsync(
                new VisitOfferDetails
                {
                    Name = "Keliling perpustakaan", NameEnglish = "Library tour", BranchId = api.Main,
                    Times = [new VisitTimeDetails(DayOfWeek.Tuesday, new TimeOnly(9, 0)), new VisitTimeDetails(DayOfWeek.Thursday, new TimeOnly(9, 0))],
                },
                Librarian, ApiUnderTest.Stop))).Value;
    }
}
