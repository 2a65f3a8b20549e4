namespace Metro.GraphQL.Tests.Validation;

public sealed class ValuesOfCorrectTypeTests : RuleTest
{
    [Fact]
    public void Literals_fit_their_types() => Accepts(
        "query ($in: FindDogInput = { name: \"Fido\" }) { arguments { booleanArgField(booleanArg: true) intArgField(intArg: 2147483647) floatArgField(floatArg: 1) idArgField(idArg: 4) } findDog(searchBy: $in) { name } booleanList(booleanListArg: true) any(value: { a: [1, X, \"s\", $in] }) }");

    [Theory]
    [InlineData("intArgField(intArg: \"123\")", "Int cannot represent non-integer value: \"123\"")]
    [InlineData("intArgField(intArg: 1.0)", "Int cannot represent non-integer value: 1.0")]
    [InlineData("intArgField(intArg: 2147483648)", "Int cannot represent non 32-bit signed integer value: 2147483648")]
    [InlineData("floatArgField(floatArg: X)", "Float cannot represent non numeric value: X")]
    [InlineData("stringArgField(stringArg: 1)", "String cannot represent a non string value: 1")]
    [InlineData("booleanArgField(booleanArg: \"true\")", "Boolean cannot represent a non boolean value: \"true\"")]
    [InlineData("idArgField(idArg: 1.0)", "ID cannot represent a non-string and non-integer value: 1.0")]
    [InlineData("nonNullBooleanArgField(nonNullBooleanArg: null)", "Expected value of non-null type \"Boolean!\" not to be null.")]
    [InlineData("booleanListArgField(booleanListArg: [true, 3])", "Boolean cannot represent a non boolean value: 3")]
    public void A_literal_of_another_type_is_refused(string field, string message) =>
        Refuses("{ arguments { " + field + " } }", message);

    [Fact]
    public void Enum_values_are_names_that_the_enum_has() => Refuses(
        "{ dog { a: doesKnowCommand(dogCommand: \"SIT\") b: doesKnowCommand(dogCommand: SITT) } }",
        "Enum \"DogCommand\" cannot represent non-enum value: \"SIT\". Did you mean the enum value \"SIT\"?",
        "Value \"SITT\" does not exist in \"DogCommand\" enum. Did you mean the enum value \"SIT\"?");

    [Fact]
    public void Input_objects_have_all_they_need_and_nothing_else() => Refuses(
        "mutation { addPet(pet: { dog: 3, cat: { meowVolume: 1 }, color: RED }) { name } }",
        "Expected value of type \"CatInput\" to include required field \"name\", found: { meowVolume: 1 }.",
        "Expected value of type \"DogInput\" to be an object, found: 3.",
        "Expected value of type \"PetInput\" not to include unknown field \"color\", found: { dog: 3, cat: { meowVolume: 1 }, color: RED }.");

    [Theory]
    [InlineData("{}", "HC0054")]
    [InlineData("{ name: \"a\", id: 1 }", "HC0055")]
    [InlineData("{ name: null }", "HC0056")]
    public void Of_a_OneOf_input_object_exactly_one_field_is_given(string literal, string code)
    {
        var document = "{ findPet(by: " + literal + ") { name } }";
        Refuses(
            document,
            "Within OneOf Input Object type \"PetBy\", exactly one field must be specified, and the value for that field must be non-null.");
        Assert.Equal(code, ErrorsOn(document)[0].Code);
    }

    [Fact]
    public void Defaults_of_variables_fit_too() => Refuses(
        "query ($a: Int = \"1\", $b: FindDogInput = { nme: 1 }) { dog { name } }",
        "Int cannot represent non-integer value: \"1\"",
        "Expected value of type \"FindDogInput\" not to include unknown field \"nme\". Did you mean \"name\"? Found: { nme: 1 }.");
}
