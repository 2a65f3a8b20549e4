namespace Metro.Scheduler.Jobs;

/// <summary>
/// Something that a part of the house, which the scheduler does not know, forgets when the nightly clean-up comes by.
/// </summary>
public interface IForgetful
{
    /// <summary>What is forgotten, in a word or two, for the staff's list of jobs.</summary>
    string What { get; }

    /// <summary>Forgets what need not be kept any more, at most 1,000 at a time; called again until it answers 0.</summary>
    /// <param name="now">This instant, in UTC.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>How many.</returns>
    Task<int> ForgetAsync(DateTime now, CancellationToken stop);
}
