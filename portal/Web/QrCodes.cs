using QRCoder;

namespace Metro.Portal.Web;

/// <summary>Words as a picture that cameras and scanners read.</summary>
internal static class QrCodes
{
    /// <summary>The picture as SVG, without styles; dark on white in every appearance, since cameras need it so.</summary>
    public static string Svg(string words)
    {
        using var code = QRCodeGenerator.GenerateQrCode(words, QRCodeGenerator.ECCLevel.M);
        using var drawing = new SvgQRCode(code);
        return drawing.GetGraphic(1, "#2a0a12", "#ffffff", drawQuietZones: true, SvgQRCode.SizingMode.ViewBoxAttribute);
    }
}
