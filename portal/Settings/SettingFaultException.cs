namespace Metro.Portal.Settings;

/// <summary>
/// A setting with which the portal cannot start. The message is one sentence in the operator's language that
/// names the setting and what to write instead; it is printed, and the process ends with 1.
/// </summary>
public sealed class SettingFaultException(string sentence, Exception? cause = null) : Exception(sentence, cause);
