using System.Text.Json;
using Metro.GraphQL.Language;
using Microsoft.AspNetCore.Http;

namespace Metro.GraphQL.Types;

/// <summary>
/// A file that comes with a multipart request. Input only, and only as a variable: the transport puts the file in its
/// place, so neither a literal nor JSON can spell one.
/// </summary>
internal sealed class UploadType() : ScalarType<IFormFile>("Upload")
{
    protected override IFormFile Read(ValueNode literal) =>
        throw new CoercionException("Upload cannot represent a literal; send the file as a variable of a multipart request.");

    protected override IFormFile Read(JsonElement value) =>
        throw new CoercionException("Upload cannot represent a JSON value; send the file in a multipart request.");

    protected override void Write(IFormFile value, Utf8JsonWriter writer) =>
        throw new CoercionException("Upload is an input type and cannot be written.");
}
