using Metro.GraphQL.Annotations;

namespace Metro.GraphQL.Tests.Annotations;

public sealed class NamingConventionsTests
{
    [Theory]
    [InlineData("Id", "id")]
    [InlineData("URL", "url")]
    [InlineData("IPAddress", "ipAddress")]
    [InlineData("FOOBar", "fooBar")]
    [InlineData("FOO1Ar", "foo1Ar")]
    [InlineData("Title", "title")]
    [InlineData("X", "x")]
    [InlineData("alreadyLower", "alreadyLower")]
    [InlineData("_Odd", "_Odd")]
    [InlineData("ISBN13", "isbn13")]
    [InlineData("GetIt", "getIt")]
    public void A_property_loses_its_leading_capitals(string name, string expected) =>
        Assert.Equal(expected, NamingConventions.FieldName(name));

    [Theory]
    [InlineData("GetBooks", false, "books")]
    [InlineData("GetBooksAsync", true, "books")]
    [InlineData("GetBooksAsync", false, "booksAsync")]
    [InlineData("Get", false, "get")]
    [InlineData("Async", true, "async")]
    [InlineData("OnBookAdded", false, "onBookAdded")]
    [InlineData("BooksAsync", true, "books")]
    public void A_method_loses_Get_and_Async(string name, bool isAsync, string expected) =>
        Assert.Equal(expected, NamingConventions.MethodName(name, isAsync));

    [Theory]
    [InlineData("HTTPCode", "HTTP_CODE")]
    [InlineData("InStock", "IN_STOCK")]
    [InlineData("FOO", "FOO")]
    [InlineData("FOO_BAR", "FOO_BAR")]
    [InlineData("Foo_Bar", "FOO_BAR")]
    [InlineData("foo", "FOO")]
    [InlineData("fooBar", "FOO_BAR")]
    [InlineData("Mp3File", "MP3_FILE")]
    [InlineData("A", "A")]
    public void An_enum_member_is_written_in_capitals(string name, string expected) =>
        Assert.Equal(expected, NamingConventions.EnumValueName(name));

    [Theory]
    [InlineData(typeof(Guid), "Guid")]
    [InlineData(typeof(Page<Foo>), "PageOfFoo")]
    [InlineData(typeof(Pair<Foo, Page<Bar>>), "PairOfFooAndPageOfBar")]
    [InlineData(typeof(KeyValuePair<string, Foo>), "KeyValuePairOfStringAndFoo")]
    public void A_generic_type_names_its_arguments(Type type, string expected) =>
        Assert.Equal(expected, NamingConventions.TypeName(type));

    [Theory]
    [InlineData("Foo", "FooInput")]
    [InlineData("FooInput", "FooInput")]
    [InlineData("Input", "Input")]
    public void An_input_type_ends_in_Input(string name, string expected) =>
        Assert.Equal(expected, NamingConventions.InputTypeName(name));

    [Theory]
    [InlineData("CostDirective", "cost")]
    [InlineData("ListSizeDirectiveType", "listSize")]
    [InlineData("Live", "live")]
    [InlineData("Directive", "directive")]
    public void A_directive_class_drops_its_suffix(string name, string expected) =>
        Assert.Equal(expected, NamingConventions.DirectiveName(name));

    [Theory]
    [InlineData("UserNameTakenException", "UserNameTakenError")]
    [InlineData("UserNameTakenError", "UserNameTakenError")]
    [InlineData("Refused", "Refused")]
    public void An_exception_becomes_an_error(string name, string expected) =>
        Assert.Equal(expected, NamingConventions.ErrorTypeName(name));

    [Theory]
    [InlineData("GetBrandByIdAsync", "BrandByIdDataLoader")]
    [InlineData("BrandById", "BrandByIdDataLoader")]
    public void A_loader_method_names_its_loader(string name, string expected) =>
        Assert.Equal(expected, NamingConventions.DataLoaderName(name));

    [Fact]
    public void Interfaces_lose_their_I_only_when_asked()
    {
        static string Sdl(bool strip) => Server.Of(server => server
            .AddQueryType<Shelf>()
            .ModifyOptions(options => options.StripLeadingIFromInterface = strip)).Schema.ToSdl();

        Assert.Contains("interface IThing", Sdl(strip: false), StringComparison.Ordinal);
        Assert.Contains("interface Thing", Sdl(strip: true), StringComparison.Ordinal);
    }

    [Fact]
    public void The_interface_of_errors_can_be_replaced()
    {
        var sdl = Server.Of(server => server
            .AddQueryType<Shelf>()
            .AddMutationType<Mutation>()
            .AddMutationConventions()
            .AddErrorInterfaceType<ICoded>()).Schema.ToSdl();

        Assert.Contains("type Refusal implements ICoded {\n  message: String!\n  code: String!\n}", sdl, StringComparison.Ordinal);
    }

    public interface IThing
    {
        int A { get; }
    }

    public sealed class Shelf
    {
        public IThing? Thing => null;
    }

    public interface ICoded
    {
        string Message { get; }

        string Code { get; }
    }

    public sealed record Refusal(string Message, string Code) : ICoded;

    public sealed class Mutation
    {
        public FieldResult<int, Refusal> Renew(int loan) => loan;
    }

    private sealed record Foo;

    private sealed record Bar;

    private sealed record Page<T>;

    private sealed record Pair<TFirst, TSecond>;
}
