using Metro.Bench;

return await Commands.RunAsync(args);
