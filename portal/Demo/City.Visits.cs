using Metro.Library.Visits;

namespace Metro.Portal.Demo;

/// <summary>Classes that came, will come, have asked, were declined or called off.</summary>
internal sealed partial class City
{
    private void PlanVisits()
    {
        Asks("99000001", "story", asked: 38, from: -16, children: 24, "Kelas 2A", visit =>
        {
            Approves(visit, 36);
            diary.At(visit.StartsAt.AddMinutes(-5), () => Must(Ask<ClassVisits>().ArriveAsync(visit.Id, 23, Desk)));
        });
        Asks("99000004", "research", asked: 40, from: -20, children: 28, "Kelas XI IPS 1", visit =>
        {
            Approves(visit, 37);
            diary.At(visit.EndsAt, () => Must(Ask<ClassVisits>().StayAwayAsync(visit.Id, Desk)));
        });
        Asks("99000002", "story", asked: 12, from: 6, children: 18, "Kelompok B", visit => Approves(visit, 10));
        Asks("99000003", "tour", asked: 9, from: 8, children: 32, "Kelas VII C", visit => Approves(visit, 7));
        Asks("99000003", "research", asked: 2, from: 16, children: 30, "Kelas IX A", _ => { });
        Asks("99000005", "story", asked: 1, from: 18, children: 12, "Kelas 3", _ => { }, "Dua anak memakai kursi roda.");
        Asks("99000004", "tour", asked: 6, from: 20, children: 36, "Kelas X-2", visit =>
            diary.On(Ago(4), "10:30", () => Must(Ask<ClassVisits>().DeclineAsync(visit.Id, "Pada hari itu seluruh pemandu mengikuti pelatihan. Silakan pilih tanggal lain.", Desk))));
        Asks("99000001", "mobile", asked: 8, from: 22, children: 120, "Seluruh kelas", visit =>
        {
            Approves(visit, 6);
            diary.On(Ago(3), "09:30", () => Must(Ask<ClassVisits>().CancelAsync(visit.Id, "Ada ujian bersama.", CancelledBy.School, Import)));
        });
    }

    private void Approves(Visit visit, int ago) => diary.On(Ago(ago), "09:45", () => Must(Ask<ClassVisits>().ApproveAsync(visit.Id, Desk)));

    /// <summary>A school asks for the first free time from a day on.</summary>
    private void Asks(string npsn, string offer, int asked, int from, int children, string className, Action<Visit> then, string? needs = null) =>
        diary.On(Ago(asked), "13:15", async () =>
        {
            var first = Today.AddDays(from);
            var slots = await Must(Ask<VisitSlots>().BetweenAsync(offers[offer], first, first.AddDays(30)));
            foreach (var slot in slots.Where(slot => slot.IsFree).Take(6))
            {
                var visit = await Ask<ClassVisits>().RequestAsync(new VisitRequest
                {
                    SchoolId = schools[npsn], OfferId = offers[offer], Date = slot.Date, Time = slot.Time,
                    Children = children, Adults = (children + 9) / 10, ClassName = className, Needs = needs,
                }, Import);
                if (!visit.Succeeded) continue;

                then(visit.Value);
                return;
            }
        });
}
