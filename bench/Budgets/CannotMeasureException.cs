namespace Metro.Bench.Budgets;

/// <summary>Why nothing can be measured, in a sentence for whoever asked.</summary>
internal sealed class CannotMeasureException(string message) : Exception(message);
