using Metro.GraphQL.Annotations;
using Metro.GraphQL.Tests.Execution;

namespace Metro.GraphQL.Tests.Annotations;

/// <summary>GRAPHQL conventions of mutations: one input, one payload, errors by type.</summary>
public sealed class MutationConventionTests
{
    private static readonly GraphQL.Execution.RequestExecutor Executor =
        Server.Of(server => server.AddQueryType<Query>().AddMutationType<Mutation>().AddMutationConventions());

    [Fact]
    public void The_schema_has_inputs_payloads_and_error_unions()
    {
        var printed = Executor.Schema.ToSdl();

        Assert.Equal(Snapshot.Accepted("Annotations/MutationConventions.graphql", printed), printed);
    }

    [Fact]
    public async Task A_result_stands_in_the_payload() => Execute.Same(
        """{"data":{"renameUser":{"user":{"id":1,"name":"Ana"},"errors":null}}}""",
        await Executor.AnswerAsync("""mutation { renameUser(input: { id: 1, name: "Ana" }) { user { id name } errors { __typename } } }"""));

    [Fact]
    public async Task A_declared_exception_is_an_error_by_type() => Execute.Same(
        """{"data":{"renameUser":{"user":null,"errors":[{"__typename":"UserNameTakenError","message":"The name taken is taken.","name":"taken"}]}}}""",
        await Executor.AnswerAsync("""mutation { renameUser(input: { id: 1, name: "taken" }) { user { id } errors { __typename ... on Error { message } ... on UserNameTakenError { name } } } }"""));

    [Fact]
    public async Task Several_exceptions_are_several_errors() => Execute.Same(
        """{"data":{"renameUser":{"errors":[{"__typename":"UserNameTakenError"},{"__typename":"InvalidNameError","message":"Empty name: 0"}]}}}""",
        await Executor.AnswerAsync("""mutation { renameUser(input: { id: 1, name: "both" }) { errors { __typename ... on InvalidNameError { message } } } }"""));

    [Fact]
    public async Task An_undeclared_exception_stays_a_field_error() => Execute.Same(
        """{"errors":[{"message":"Unexpected Execution Error","locations":[{"line":1,"column":12}],"path":["renameUser"]}],"data":null}""",
        await Executor.AnswerAsync("""mutation { renameUser(input: { id: 1, name: "boom" }) { user { id } } }"""));

    [Theory]
    [InlineData("1", """{"user":{"name":"1"},"errors":null}""")]
    [InlineData("", """{"user":null,"errors":[{"message":"Empty name: 0"}]}""")]
    public async Task A_field_result_tells_its_error(string name, string payload) => Execute.Same(
        $"{{\"data\":{{\"register\":{payload}}}}}",
        await Executor.AnswerAsync($"mutation {{ register(input: {{ name: \"{name}\" }}) {{ user {{ name }} errors {{ ... on Error {{ message }} }} }} }}"));

    [Theory]
    [InlineData("mutation { ping { boolean } }", """{"ping":{"boolean":true}}""")]
    [InlineData("""mutation { move(input: { user: "VXNlcjo0", others: ["Qm9vazox", "Qm9vazoy"] }) { int } }""", """{"move":{"int":10}}""")]
    [InlineData("mutation { left(id: 4) { id } }", """{"left":{"id":4}}""")]
    [InlineData("mutation { handMade(input: { x: 2 }) { y } }", """{"handMade":{"y":3}}""")]
    [InlineData("mutation { borrow(input: { note: null }) { string } }", """{"borrow":{"string":"given as null"}}""")]
    [InlineData("mutation { borrow(input: {}) { string } }", """{"borrow":{"string":"not given"}}""")]
    public async Task Conventions_leave_alone_what_fits_or_opts_out(string document, string data) =>
        Execute.Same($$"""{"data":{{data}}}""", await Executor.AnswerAsync(document));

    public sealed class Query
    {
        public int A => 1;
    }

    public sealed record User(int Id, string Name);

    public sealed class UserNameTakenException(string name) : Exception($"The name {name} is taken.")
    {
        public string Name { get; } = name;
    }

    public sealed record InvalidNameError(string Message)
    {
        public static InvalidNameError CreateErrorFrom(ArgumentOutOfRangeException refused) => new($"Empty name: {refused.ActualValue}");
    }

    public sealed record HandMadeInput(int X);

    public sealed record HandMadePayload(int Y);

    public sealed class Mutation
    {
        [Error<UserNameTakenException>]
        [Error<InvalidNameError>]
        public Task<User> RenameUserAsync(int id, [GraphQLDescription("The new name.")] string name) => name switch
        {
            "taken" => throw new UserNameTakenException(name),
            "both" => throw new AggregateException(new UserNameTakenException(name), new ArgumentOutOfRangeException(nameof(name), 0, "Empty.")),
            "boom" => throw new InvalidOperationException("secret"),
            _ => Task.FromResult(new User(id, name)),
        };

        public bool Ping() => true;

        public int Move([ID<User>] int user, [ID] int[]? others = null, int by = 3) => user + by + (others?.Sum() ?? 0);

        public FieldResult<User, InvalidNameError> Register(string name) =>
            name.Length == 0 ? new InvalidNameError("Empty name: 0") : new User(1, name);

        [UseMutationConvention(Disable = true)]
        public User Left(int id) => new(id, "");

        public HandMadePayload HandMade(HandMadeInput input) => new(input.X + 1);

        public string Borrow(Optional<string?> note) => note.HasValue ? $"given as {note.Value ?? "null"}" : "not given";
    }
}
