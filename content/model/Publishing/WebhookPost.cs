using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace Metro.Content;

/// <summary>How webhooks are called.</summary>
public sealed record WebhookSettings
{
    /// <summary>How long a receiver may take to answer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Whether addresses inside the library's own network may be called, by plain HTTP too: for receivers that stand
    /// beside the portal, and for tests. Otherwise only HTTPS to the open network.
    /// </summary>
    public bool MayCallInnerAddresses { get; init; }
}

/// <summary>
/// Posts a call to its receiver. An editor's address must not lead into the library's own network, so the address is
/// judged where the connection is made, after its name was resolved; redirects are not followed; nothing of an answer
/// is read but its status. Thread-safe: one for the whole portal.
/// </summary>
public sealed class WebhookPost(WebhookSettings settings) : IDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        // A proxy would resolve the name for us, out of our sight.
        UseProxy = false,
        ConnectTimeout = settings.Timeout,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        MaxResponseHeadersLength = 16,
        ConnectCallback = (connection, stop) => ConnectAsync(connection.DnsEndPoint, settings.MayCallInnerAddresses, stop),
    })
    {
        Timeout = settings.Timeout,
        DefaultRequestHeaders = { UserAgent = { new ProductInfoHeaderValue("MetroPortal", "1.0") } },
    };

    /// <summary>The address as it may be called; null when it may not be.</summary>
    internal Uri? AddressOf(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && address.UserInfo.Length == 0 && address.AbsoluteUri.Length <= 2000
            && (address.Scheme == Uri.UriSchemeHttps || (settings.MayCallInnerAddresses && address.Scheme == Uri.UriSchemeHttp))
            && (settings.MayCallInnerAddresses || !IPAddress.TryParse(address.IdnHost, out var ip) || OpenNetwork.Has(ip))
            ? address
            : null;

    /// <summary>Posts the call. Never throws for what the receiver or the network does.</summary>
    /// <returns>The status that was answered, where there was an answer, and the failure, which is null when the receiver took it.</returns>
    internal async Task<(int? Status, string? Failure)> SendAsync(WebhookDelivery call, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, call.Url);
        request.Content = new StringContent(call.Body, Encoding.UTF8, "application/json");
        request.Headers.Add(Webhooks.SignatureHeader, call.Signature);
        request.Headers.Add("X-Metro-Delivery", call.Id);
        request.Headers.Add("X-Metro-Attempt", call.Attempt.ToString(CultureInfo.InvariantCulture));
        try
        {
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
            return ((int)answer.StatusCode, answer.IsSuccessStatusCode ? null : $"{(int)answer.StatusCode} {answer.ReasonPhrase}");
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return (null, $"No answer within {settings.Timeout.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s");
        }
        catch (HttpRequestException fault)
        {
            return (null, fault.GetBaseException() is InnerAddressException inner ? inner.Message : $"{fault.HttpRequestError}: {fault.Message}");
        }
    }

    /// <inheritdoc />
    public void Dispose() => http.Dispose();

    private static async ValueTask<Stream> ConnectAsync(DnsEndPoint target, bool mayBeInner, CancellationToken stop)
    {
        var found = await Dns.GetHostAddressesAsync(target.Host, stop);
        var allowed = mayBeInner ? found : [.. found.Where(OpenNetwork.Has)];
        if (allowed.Length == 0) throw new InnerAddressException(target.Host);

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, target.Port, stop);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

#pragma warning disable CA1032 // It has one maker and one catcher, both here.
    private sealed class InnerAddressException(string host) : IOException($"{host} leads to an address inside the network, which is not called");
#pragma warning restore CA1032
}

/// <summary>
/// Which addresses belong to the open network: what the registries of special-purpose addresses (RFC 6890) do not
/// reserve, and none that stands for another inside it. Pure.
/// </summary>
internal static class OpenNetwork
{
    private static readonly IPNetwork[] Reserved =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24",
            "203.0.113.0/24", "224.0.0.0/3",
            // The wire server of a large cloud, which answers with a machine's secrets.
            "168.63.129.16/32",
            "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
        }.Select(IPNetwork.Parse),
    ];

    private static readonly IPNetwork Unicast = IPNetwork.Parse("2000::/3");

    /// <summary>Whether the address is one of the open network.</summary>
    public static bool Has(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return (address.AddressFamily == AddressFamily.InterNetwork || Unicast.Contains(address)) && !Array.Exists(Reserved, network => network.Contains(address));
    }
}
