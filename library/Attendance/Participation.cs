using Metro.Library.Members;

namespace Metro.Library.Attendance;

/// <summary>Whether a member may take seats and rooms at all.</summary>
internal static class Participation
{
    extension(Member member)
    {
        /// <summary>Why not on this day; null when they may. A suspension keeps from borrowing, not from a reading.</summary>
        public Refusal? CannotTakePartOn(DateOnly today)
        {
            if (member.Status == MemberStatus.Applied) return MemberRefusals.AwaitingReview;
            if (member.Status != MemberStatus.Active) return MemberRefusals.NotAMember;
            return member.MembershipEnd < today ? MemberRefusals.Expired(member.MembershipEnd.Value) : null;
        }
    }
}
