using Metro.Portal.CommandLine;

return await PortalCommandLine.RunAsync(args);
