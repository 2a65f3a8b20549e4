using Metro.GraphQL.Language;

namespace Metro.GraphQL.Execution.Phases;

/// <summary>Text becomes a document, from the cache or by the parser.</summary>
internal sealed class ParsePhase(DocumentCache cache) : RequestPhase
{
    public override string Name => PhaseNames.Parse;

    public override ValueTask RunAsync(RequestContext context)
    {
        if (context.Document is not null) return ValueTask.CompletedTask;
        if (context.DocumentText is not { } text)
        {
            context.Refuse(Errors.NothingToExecute);
            return ValueTask.CompletedTask;
        }

        if (cache.TryGet(text, out var known))
        {
            context.Document = known;
            return ValueTask.CompletedTask;
        }

        try
        {
            var parsed = new PreparedDocument(Parser.ParseDocument(new Source(text), context.Options.Parser));
            context.Document = cache.Add(text, parsed);
        }
        catch (SyntaxException refused)
        {
            context.Refuse(ErrorBuilder.New()
                .SetMessage(refused.Message)
                .SetCode(ErrorCodes.SyntaxError)
                .AddLocation(refused.Location)
                .Build());
        }

        return ValueTask.CompletedTask;
    }
}
