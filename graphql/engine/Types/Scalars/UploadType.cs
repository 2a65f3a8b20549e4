using System.Text.Json;
using Metro.GraphQL.Language;
using Microsoft.AspNetCore.Http;

namespace Metro.GraphQL.Types;

/// <summary>
/// A file that comes with a multipart request. Input only, and only as a variable: the transport puts the file's name in
/// its place, and only that request's names stand for files.
/// </summary>
internal sealed class UploadType() : ScalarType<IFormFile>("Upload")
{
    // Variables are coerced by one thread without waiting, so what it may find need not travel through every signature.
    [ThreadStatic]
    private static IReadOnlyDictionary<string, IFormFile>? offered;

    /// <summary>Lets the variables that this thread coerces name these files, until the answer is disposed.</summary>
    public static Offered Offer(IReadOnlyDictionary<string, IFormFile>? files)
    {
        var before = new Offered(offered);
        offered = files;
        return before;
    }

    protected override IFormFile Read(ValueNode literal) =>
        throw new CoercionException("Upload cannot represent a literal; send the file as a variable of a multipart request.");

    protected override IFormFile Read(JsonElement value) =>
        value.ValueKind is JsonValueKind.String && offered is not null && offered.TryGetValue(value.GetString()!, out var file)
            ? file
            : throw new CoercionException("Upload cannot represent a JSON value; send the file in a multipart request.");

    protected override void Write(IFormFile value, Utf8JsonWriter writer) =>
        throw new CoercionException("Upload is an input type and cannot be written.");

    /// <summary>The time during which files are offered.</summary>
    internal readonly ref struct Offered(IReadOnlyDictionary<string, IFormFile>? before)
    {
        public void Dispose() => offered = before;
    }
}
