using Metro.GraphQL.Execution;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Metro.GraphQL.Http;

/// <summary>Writes a subscription's answers as they come (graphql-sse, distinct connections mode), until either side has enough.</summary>
internal static class AnswerStream
{
    public static async Task WriteAsync(
        HttpContext http, ResponseStream stream, ResponseFormat format, TimeSpan keepAlive, TimeProvider time, CancellationToken stopping)
    {
        await using var opened = stream;
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        ResponseWriter.BeginMany(http.Response, format);
        var output = http.Response.BodyWriter;
        await output.FlushAsync(http.RequestAborted);

        using var either = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stopping);
        using var turn = new SemaphoreSlim(1, 1);
        using var isOver = CancellationTokenSource.CreateLinkedTokenSource(either.Token);
        var beating = format is ResponseFormat.EventStream ? BeatAsync() : Task.CompletedTask;
        try
        {
            await foreach (var result in stream.ReadResultsAsync(either.Token))
            {
                await using var answered = result;
                await turn.WaitAsync(either.Token);
                try
                {
                    ResponseWriter.WriteOneOfMany(output, result, format);
                    await output.FlushAsync(either.Token);
                }
                finally
                {
                    turn.Release();
                }
            }
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            // The client has left or the host is stopping; either way the stream ends here.
        }
        finally
        {
            await isOver.CancelAsync();
            await beating;
        }

        if (!http.RequestAborted.IsCancellationRequested) ResponseWriter.WriteEnd(output, format);

        async Task BeatAsync()
        {
            using var beats = new PeriodicTimer(keepAlive, time);
            try
            {
                while (await beats.WaitForNextTickAsync(isOver.Token))
                {
                    await turn.WaitAsync(isOver.Token);
                    try
                    {
                        ResponseWriter.WriteKeepAlive(output);
                        await output.FlushAsync(isOver.Token);
                    }
                    finally
                    {
                        turn.Release();
                    }
                }
            }
            catch (OperationCanceledException)
            {
                // The stream is over.
            }
        }
    }
}
