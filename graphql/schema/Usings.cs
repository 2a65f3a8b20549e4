// The engine whose annotations the schema is written in. HotChocolate gives them the same names: another engine is
// chosen here, and in the project's references.
global using Metro.GraphQL;
global using Metro.GraphQL.Annotations;
global using Metro.GraphQL.Authorization;
global using Metro.GraphQL.Caching;
global using Metro.GraphQL.Cost;
global using Metro.GraphQL.Data;
global using Metro.GraphQL.DataLoaders;
global using Metro.GraphQL.Execution;
global using Metro.GraphQL.Subscriptions;
