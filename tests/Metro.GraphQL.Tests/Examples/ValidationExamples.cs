using Metro.GraphQL.Language;
using Metro.GraphQL.Types;
using Metro.GraphQL.Validation;

namespace Metro.GraphQL.Tests.Examples;

/// <summary>
/// The examples of the specification's chapter on validation, over its own types: each rule accepts what its section calls
/// valid and refuses what it calls invalid. What the rules say is told in the tests of each rule.
/// </summary>
public sealed class ValidationExamples
{
    private const string Sdl = """
        type Query {
          dog: Dog
          findDog(searchBy: FindDogInput): Dog
          human: Human
          pet: Pet
          catOrDog: CatOrDog
          arguments: Arguments
          booleanList(booleanListArg: [Boolean!]): Boolean
          node: Node
        }
        type Mutation { addPet(pet: PetInput!): Pet addPets(pets: [PetInput!]!): [Pet] }
        type Subscription { newMessage: Message disallowedSecondRootField: Boolean }
        type Message { body: String sender: String }
        enum DogCommand { SIT DOWN HEEL }
        type Dog implements Pet {
          name: String!
          nickname: String
          barkVolume: Int
          doesKnowCommand(dogCommand: DogCommand!): Boolean!
          isHouseTrained(atOtherHomes: Boolean): Boolean!
          owner: Human
        }
        interface Sentient { name: String! }
        interface Pet { name: String! }
        type Alien implements Sentient { name: String! homePlanet: String }
        type Human implements Sentient { name: String! pets: [Pet!] }
        enum CatCommand { JUMP }
        type Cat implements Pet {
          name: String!
          nickname: String
          doesKnowCommand(catCommand: CatCommand!): Boolean!
          meowVolume: Int
        }
        union CatOrDog = Cat | Dog
        union DogOrHuman = Dog | Human
        union HumanOrAlien = Human | Alien
        input FindDogInput { name: String owner: String }
        input CatInput { name: String! nickname: String meowVolume: Int }
        input DogInput { name: String! nickname: String barkVolume: Int }
        input PetInput @oneOf { cat: CatInput dog: DogInput }
        type Arguments {
          multipleRequirements(x: Int!, y: Int!): Int!
          booleanArgField(booleanArg: Boolean): Boolean
          floatArgField(floatArg: Float): Float
          intArgField(intArg: Int): Int
          nonNullBooleanArgField(nonNullBooleanArg: Boolean!): Boolean!
          booleanListArgField(booleanListArg: [Boolean]!): [Boolean]
          optionalNonNullBooleanArgField(optionalBooleanArg: Boolean! = false): Boolean!
        }
        interface Node { id: ID! }
        interface Resource implements Node { id: ID! url: String }
        type Page implements Resource & Node { id: ID! url: String }
        """;

    private static readonly DocumentValidator Validator = new(Schema.FromSdl(Sdl), new ValidationOptions { MaxErrors = int.MaxValue });

    [Fact, Specification("5.1.1")]
    public void Definitions_are_executable() =>
        Invalid("ExecutableDefinitions", "query getDogName { dog { name color } } extend type Dog { color: String }");

    [Fact, Specification("5.2.1.1")]
    public void The_root_type_of_an_operation_exists()
    {
        var validator = new DocumentValidator(Schema.FromSdl("type Query { hello: String }"));

        Assert.Empty(validator.Validate(Parser.ParseDocument("query helloQuery { hello }")));
        Assert.NotEmpty(validator.Validate(Parser.ParseDocument("mutation goodbyeMutation { goodbye }")));
    }

    [Fact, Specification("5.2.2.1")]
    public void Operations_have_different_names()
    {
        Valid("UniqueOperationNames", "query getDogName { dog { name } } query getOwnerName { dog { owner { name } } }");
        Invalid("UniqueOperationNames", "query getName { dog { name } } query getName { dog { owner { name } } }");
        Invalid("UniqueOperationNames", "query dogOperation { dog { name } } mutation dogOperation { mutateDog { id } }");
    }

    [Fact, Specification("5.2.3.1")]
    public void An_operation_without_a_name_is_alone()
    {
        Valid("LoneAnonymousOperation", "{ dog { name } }");
        Invalid("LoneAnonymousOperation", "{ dog { name } } query getName { dog { owner { name } } }");
    }

    [Fact, Specification("5.2.4.1")]
    public void A_subscription_has_a_single_root_field()
    {
        Valid("SingleFieldSubscriptions", "subscription sub { newMessage { body sender } }");
        Valid("SingleFieldSubscriptions", "subscription sub { ...newMessageFields } fragment newMessageFields on Subscription { newMessage { body sender } }");
        Invalid("SingleFieldSubscriptions", "subscription sub { newMessage { body sender } disallowedSecondRootField }");
        Invalid("SingleFieldSubscriptions", "subscription sub { ...multipleSubscriptions } fragment multipleSubscriptions on Subscription { newMessage { body sender } disallowedSecondRootField }");
        Invalid("SingleFieldSubscriptions", "subscription requiredRuntimeValidation($bool: Boolean!) { newMessage @include(if: $bool) { body sender } disallowedSecondRootField @skip(if: $bool) }");
        Invalid("SingleFieldSubscriptions", "subscription sub { __typename }");
    }

    [Fact, Specification("5.3.1")]
    public void Fields_are_those_of_the_type()
    {
        Invalid("FieldsOnCorrectType", "fragment fieldNotDefined on Dog { meowVolume }");
        Invalid("FieldsOnCorrectType", "fragment aliasedLyingFieldTargetNotDefined on Dog { barkVolume: kawVolume }");
        Valid("FieldsOnCorrectType", "fragment interfaceFieldSelection on Pet { name }");
        Invalid("FieldsOnCorrectType", "fragment definedOnImplementersButNotInterface on Pet { nickname }");
        Valid("FieldsOnCorrectType", "fragment inDirectFieldSelectionOnUnion on CatOrDog { __typename ... on Pet { name } ... on Dog { barkVolume } }");
        Invalid("FieldsOnCorrectType", "fragment directFieldSelectionOnUnion on CatOrDog { name barkVolume }");
    }

    [Theory, Specification("5.3.2")]
    [InlineData("fragment mergeIdenticalFields on Dog { name name }", true)]
    [InlineData("fragment mergeIdenticalAliasesAndFields on Dog { otherName: name otherName: name }", true)]
    [InlineData("fragment conflictingBecauseAlias on Dog { name: nickname name }", false)]
    [InlineData("fragment mergeIdenticalFieldsWithIdenticalArgs on Dog { doesKnowCommand(dogCommand: SIT) doesKnowCommand(dogCommand: SIT) }", true)]
    [InlineData("fragment mergeIdenticalFieldsWithIdenticalValues on Dog { doesKnowCommand(dogCommand: $dogCommand) doesKnowCommand(dogCommand: $dogCommand) }", true)]
    [InlineData("fragment conflictingArgsOnValues on Dog { doesKnowCommand(dogCommand: SIT) doesKnowCommand(dogCommand: HEEL) }", false)]
    [InlineData("fragment conflictingArgsValueAndVar on Dog { doesKnowCommand(dogCommand: SIT) doesKnowCommand(dogCommand: $dogCommand) }", false)]
    [InlineData("fragment conflictingArgsWithVars on Dog { doesKnowCommand(dogCommand: $varOne) doesKnowCommand(dogCommand: $varTwo) }", false)]
    [InlineData("fragment differingArgs on Dog { doesKnowCommand(dogCommand: SIT) doesKnowCommand }", false)]
    [InlineData("fragment safeDifferingFields on Pet { ... on Dog { volume: barkVolume } ... on Cat { volume: meowVolume } }", true)]
    [InlineData("fragment safeDifferingArgs on Pet { ... on Dog { doesKnowCommand(dogCommand: SIT) } ... on Cat { doesKnowCommand(catCommand: JUMP) } }", true)]
    [InlineData("fragment conflictingDifferingResponses on Pet { ... on Dog { someValue: nickname } ... on Cat { someValue: meowVolume } }", false)]
    public void Fields_of_one_name_can_be_merged(string document, bool isValid) => Check("OverlappingFieldsCanBeMerged", document, isValid);

    [Fact, Specification("5.3.3")]
    public void Leaves_have_nothing_below_and_all_else_has()
    {
        Valid("ScalarLeafs", "fragment scalarSelection on Dog { barkVolume }");
        Invalid("ScalarLeafs", "fragment scalarSelectionsNotAllowedOnInt on Dog { barkVolume { sinceWhen } }");
        Invalid("ScalarLeafs", "query directQueryOnObjectWithoutSubFields { human }");
        Invalid("ScalarLeafs", "query directQueryOnInterfaceWithoutSubFields { pet }");
        Invalid("ScalarLeafs", "query directQueryOnUnionWithoutSubFields { catOrDog }");
        Valid("ScalarLeafs", "query directQueryOnObjectWithSubFields { human { name } }");
    }

    [Fact, Specification("5.4.1")]
    public void Arguments_are_those_of_the_field_or_directive()
    {
        Valid("KnownArgumentNames", "fragment argOnRequiredArg on Dog { doesKnowCommand(dogCommand: SIT) }");
        Valid("KnownArgumentNames", "fragment argOnOptional on Dog { isHouseTrained(atOtherHomes: true) @include(if: true) }");
        Invalid("KnownArgumentNames", "fragment invalidArgName on Dog { doesKnowCommand(command: CLEAN_UP_HOUSE) }");
        Invalid("KnownArgumentNames", "fragment invalidArgName on Dog { isHouseTrained(atOtherHomes: true) @include(unless: false) }");
        Valid("KnownArgumentNames", "fragment multipleArgs on Arguments { multipleRequirements(x: 1, y: 2) }");
        Valid("KnownArgumentNames", "fragment multipleArgsReverseOrder on Arguments { multipleRequirements(y: 2, x: 1) }");
    }

    [Fact, Specification("5.4.3")]
    public void Required_arguments_are_given()
    {
        Valid("ProvidedRequiredArguments", "fragment goodBooleanArg on Arguments { booleanArgField(booleanArg: true) }");
        Valid("ProvidedRequiredArguments", "fragment goodNonNullArg on Arguments { nonNullBooleanArgField(nonNullBooleanArg: true) }");
        Valid("ProvidedRequiredArguments", "fragment goodBooleanArgDefault on Arguments { booleanArgField }");
        Invalid("ProvidedRequiredArguments", "fragment missingRequiredArg on Arguments { nonNullBooleanArgField }");
        Invalid("ValuesOfCorrectType", "fragment missingRequiredArg on Arguments { nonNullBooleanArgField(nonNullBooleanArg: null) }");
    }

    [Fact, Specification("5.5.1.1")]
    public void Fragments_have_different_names()
    {
        Valid("UniqueFragmentNames", "{ dog { ...fragmentOne ...fragmentTwo } } fragment fragmentOne on Dog { name } fragment fragmentTwo on Dog { owner { name } }");
        Invalid("UniqueFragmentNames", "{ dog { ...fragmentOne } } fragment fragmentOne on Dog { name } fragment fragmentOne on Dog { owner { name } }");
    }

    [Fact, Specification("5.5.1.2")]
    public void The_type_of_a_fragment_exists()
    {
        Valid("KnownTypeNames", "fragment correctType on Dog { name } fragment inlineFragment on Dog { ... on Dog { name } } fragment inlineFragment2 on Dog { ... @include(if: true) { name } }");
        Invalid("KnownTypeNames", "fragment notOnExistingType on NotInSchema { name }");
        Invalid("KnownTypeNames", "fragment inlineNotExistingType on Dog { ... on NotInSchema { name } }");
    }

    [Fact, Specification("5.5.1.3")]
    public void A_fragment_is_on_a_type_with_fields()
    {
        Valid("FragmentsOnCompositeTypes", "fragment fragOnObject on Dog { name } fragment fragOnInterface on Pet { name } fragment fragOnUnion on CatOrDog { ... on Dog { name } }");
        Invalid("FragmentsOnCompositeTypes", "fragment fragOnScalar on Int { something }");
        Invalid("FragmentsOnCompositeTypes", "fragment inlineFragOnScalar on Dog { ... on Boolean { somethingElse } }");
    }

    [Fact, Specification("5.5.1.4")]
    public void A_fragment_is_used() => Invalid("NoUnusedFragments", "fragment nameFragment on Dog { # unused\n  name\n}\n{ dog { name } }");

    [Fact, Specification("5.5.2.1")]
    public void A_fragment_that_is_spread_exists() => Invalid("KnownFragmentNames", "{ dog { ...undefinedFragment } }");

    [Fact, Specification("5.5.2.2")]
    public void Fragments_do_not_spread_each_other_in_a_circle()
    {
        Invalid("NoFragmentCycles", "{ dog { ...nameFragment } } fragment nameFragment on Dog { name ...barkVolumeFragment } fragment barkVolumeFragment on Dog { barkVolume ...nameFragment }");
        Invalid("NoFragmentCycles", "{ dog { ...dogFragment } } fragment dogFragment on Dog { name owner { ...ownerFragment } } fragment ownerFragment on Human { name pets { ...dogFragment } }");
    }

    [Fact, Specification("5.5.2.3.1")]
    public void An_object_can_be_only_itself()
    {
        Valid("PossibleFragmentSpreads", "fragment dogFragment on Dog { ... on Dog { barkVolume } }");
        Invalid("PossibleFragmentSpreads", "fragment catInDogFragmentInvalid on Dog { ... on Cat { meowVolume } }");
    }

    [Fact, Specification("5.5.2.3.2")]
    public void An_object_can_be_what_its_interfaces_and_unions_are()
    {
        Valid("PossibleFragmentSpreads", "fragment petNameFragment on Pet { name } fragment interfaceWithinObjectFragment on Dog { ...petNameFragment }");
        Valid("PossibleFragmentSpreads", "fragment catOrDogNameFragment on CatOrDog { ... on Cat { meowVolume } } fragment unionWithObjectFragment on Dog { ...catOrDogNameFragment }");
    }

    [Fact, Specification("5.5.2.3.3")]
    public void An_interface_or_union_can_be_its_own_objects()
    {
        Valid("PossibleFragmentSpreads", "fragment petFragment on Pet { name ... on Dog { barkVolume } } fragment catOrDogFragment on CatOrDog { ... on Cat { meowVolume } }");
        Invalid("PossibleFragmentSpreads", "fragment sentientFragment on Sentient { ... on Dog { barkVolume } }");
        Invalid("PossibleFragmentSpreads", "fragment humanOrAlienFragment on HumanOrAlien { ... on Cat { meowVolume } }");
    }

    [Fact, Specification("5.5.2.3.4")]
    public void Interfaces_and_unions_meet_in_an_object()
    {
        Valid("PossibleFragmentSpreads", "fragment unionWithInterface on Pet { ...dogOrHumanFragment } fragment dogOrHumanFragment on DogOrHuman { ... on Dog { barkVolume } }");
        Invalid("PossibleFragmentSpreads", "fragment nonIntersectingInterfaces on Pet { ...sentientFragment } fragment sentientFragment on Sentient { name }");
        Valid("PossibleFragmentSpreads", "fragment interfaceWithInterface on Node { ...resourceFragment } fragment resourceFragment on Resource { url }");
    }

    [Theory, Specification("5.6.1")]
    [InlineData("fragment goodBooleanArg on Arguments { booleanArgField(booleanArg: true) }", true)]
    [InlineData("fragment coercedIntIntoFloatArg on Arguments { floatArgField(floatArg: 123) }", true)]
    [InlineData("query goodComplexDefaultValue($search: FindDogInput = { name: \"Fido\" }) { findDog(searchBy: $search) { name } }", true)]
    [InlineData("mutation addPet($pet: PetInput! = { cat: { name: \"Brontie\" } }) { addPet(pet: $pet) { name } }", true)]
    [InlineData("fragment stringIntoInt on Arguments { intArgField(intArg: \"123\") }", false)]
    [InlineData("query badComplexValue { findDog(searchBy: { name: 123 }) { name } }", false)]
    [InlineData("mutation oneOfWithNoFields { addPet(pet: {}) { name } }", false)]
    [InlineData("mutation oneOfWithTwoFields($dog: DogInput) { addPet(pet: { cat: { name: \"Brontie\" }, dog: $dog }) { name } }", false)]
    public void Values_fit_their_types(string document, bool isValid) => Check("ValuesOfCorrectType", document, isValid);

    [Fact, Specification("5.6.1")]
    public void A_nullable_variable_in_a_OneOf_input_object_does_not() =>
        Invalid("VariablesInAllowedPosition", "mutation listOfOneOfWithNullableVariable($dog: DogInput) { addPets(pets: [{ dog: $dog }]) { name } }");

    [Fact, Specification("5.6.2")]
    public void Input_fields_are_those_of_the_type()
    {
        Valid("ValuesOfCorrectType", "{ findDog(searchBy: { name: \"Fido\" }) { name } }");
        Invalid("ValuesOfCorrectType", "{ findDog(searchBy: { favoriteCookieFlavor: \"Bacon\" }) { name } }");
    }

    [Fact, Specification("5.6.3")]
    public void Input_fields_are_given_once() => Invalid("UniqueInputFieldNames", "{ field(arg: { field: true, field: false }) }");

    [Fact, Specification("5.7.2")]
    public void Directives_stand_where_they_may() => Invalid("KnownDirectives", "query @skip(if: $foo) { field }");

    [Fact, Specification("5.7.3")]
    public void Directives_stand_once_in_a_place()
    {
        Invalid("UniqueDirectivesPerLocation", "query ($foo: Boolean = true, $bar: Boolean = false) { field @skip(if: $foo) @skip(if: $bar) }");
        Valid("UniqueDirectivesPerLocation", "query ($foo: Boolean = true, $bar: Boolean = false) { field @skip(if: $foo) { subfieldA } field @skip(if: $bar) { subfieldB } }");
    }

    [Fact, Specification("5.8.1")]
    public void Variables_have_different_names()
    {
        Invalid("UniqueVariableNames", "query houseTrainedQuery($atOtherHomes: Boolean, $atOtherHomes: Boolean) { dog { isHouseTrained(atOtherHomes: $atOtherHomes) } }");
        Valid("UniqueVariableNames", "query A($atOtherHomes: Boolean) { ...HouseTrainedFragment } query B($atOtherHomes: Boolean) { ...HouseTrainedFragment } fragment HouseTrainedFragment on Query { dog { isHouseTrained(atOtherHomes: $atOtherHomes) } }");
    }

    [Theory, Specification("5.8.2")]
    [InlineData("query takesBoolean($atOtherHomes: Boolean) { dog { isHouseTrained(atOtherHomes: $atOtherHomes) } }", true)]
    [InlineData("query takesComplexInput($search: FindDogInput) { findDog(searchBy: $search) { name } }", true)]
    [InlineData("query TakesListOfBooleanBang($booleans: [Boolean!]) { booleanList(booleanListArg: $booleans) }", true)]
    [InlineData("query takesCat($cat: Cat) { dog { name } }", false)]
    [InlineData("query takesDogBang($dog: Dog!) { dog { name } }", false)]
    [InlineData("query takesListOfPet($pets: [Pet]) { dog { name } }", false)]
    [InlineData("query takesCatOrDog($catOrDog: CatOrDog) { dog { name } }", false)]
    public void Variables_have_input_types(string document, bool isValid) => Check("VariablesAreInputTypes", document, isValid);

    [Theory, Specification("5.8.3")]
    [InlineData("query variableIsDefined($atOtherHomes: Boolean) { dog { isHouseTrained(atOtherHomes: $atOtherHomes) } }", true)]
    [InlineData("query variableIsNotDefined { dog { isHouseTrained(atOtherHomes: $atOtherHomes) } }", false)]
    [InlineData("query variableIsDefinedUsedInSingleFragment($atOtherHomes: Boolean) { dog { ...isHouseTrainedFragment } }" + Trained, true)]
    [InlineData("query variableIsNotDefinedUsedInSingleFragment { dog { ...isHouseTrainedFragment } }" + Trained, false)]
    [InlineData("query variableIsNotDefinedUsedInNestedFragment { dog { ...outerHouseTrainedFragment } } fragment outerHouseTrainedFragment on Dog { ...isHouseTrainedFragment }" + Trained, false)]
    [InlineData("query houseTrainedQueryOne($atOtherHomes: Boolean) { dog { ...isHouseTrainedFragment } } query houseTrainedQueryTwo($atOtherHomes: Boolean) { dog { ...isHouseTrainedFragment } }" + Trained, true)]
    [InlineData("query houseTrainedQueryOne($atOtherHomes: Boolean) { dog { ...isHouseTrainedFragment } } query houseTrainedQueryTwoNotDefined { dog { ...isHouseTrainedFragment } }" + Trained, false)]
    public void Variables_that_are_used_are_defined(string document, bool isValid) => Check("NoUndefinedVariables", document, isValid);

    [Theory, Specification("5.8.4")]
    [InlineData("query variableUnused($atOtherHomes: Boolean) { dog { isHouseTrained } }", false)]
    [InlineData("query variableUsedInFragment($atOtherHomes: Boolean) { dog { ...isHouseTrainedFragment } }" + Trained, true)]
    [InlineData("query variableNotUsedWithinFragment($atOtherHomes: Boolean) { dog { ...isHouseTrainedWithoutVariableFragment } } fragment isHouseTrainedWithoutVariableFragment on Dog { isHouseTrained }", false)]
    [InlineData("query queryWithUsedVar($atOtherHomes: Boolean) { dog { ...isHouseTrainedFragment } } query queryWithExtraVar($atOtherHomes: Boolean, $extra: Int) { dog { ...isHouseTrainedFragment } }" + Trained, false)]
    public void Variables_that_are_defined_are_used(string document, bool isValid) => Check("NoUnusedVariables", document, isValid);

    [Theory, Specification("5.8.5")]
    [InlineData("query intCannotGoIntoBoolean($intArg: Int) { arguments { booleanArgField(booleanArg: $intArg) } }", false)]
    [InlineData("query booleanListCannotGoIntoBoolean($booleanListArg: [Boolean]) { arguments { booleanArgField(booleanArg: $booleanListArg) } }", false)]
    [InlineData("query booleanArgQuery($booleanArg: Boolean) { arguments { nonNullBooleanArgField(nonNullBooleanArg: $booleanArg) } }", false)]
    [InlineData("query nonNullListToList($nonNullBooleanList: [Boolean]!) { arguments { booleanListArgField(booleanListArg: $nonNullBooleanList) } }", true)]
    [InlineData("query listToNonNullList($booleanList: [Boolean]) { arguments { booleanListArgField(booleanListArg: $booleanList) } }", false)]
    [InlineData("mutation addCat($cat: CatInput!) { addPet(pet: { cat: $cat }) { name } }", true)]
    [InlineData("mutation addCatWithDefault($cat: CatInput! = { name: \"Brontie\" }) { addPet(pet: { cat: $cat }) { name } }", true)]
    [InlineData("mutation addNullableCat($cat: CatInput) { addPet(pet: { cat: $cat }) { name } }", false)]
    [InlineData("query booleanArgQueryWithDefault($booleanArg: Boolean) { arguments { optionalNonNullBooleanArgField(optionalBooleanArg: $booleanArg) } }", true)]
    [InlineData("query booleanArgQueryWithDefault($booleanArg: Boolean = true) { arguments { nonNullBooleanArgField(nonNullBooleanArg: $booleanArg) } }", true)]
    public void Variables_fit_where_they_are_used(string document, bool isValid) => Check("VariablesInAllowedPosition", document, isValid);

    private const string Trained = " fragment isHouseTrainedFragment on Dog { isHouseTrained(atOtherHomes: $atOtherHomes) }";

    private static void Valid(string rule, string document) => Check(rule, document, isValid: true);

    private static void Invalid(string rule, string document) => Check(rule, document, isValid: false);

    private static void Check(string rule, string document, bool isValid) =>
        Assert.Equal(isValid, Validator.Check(Parser.ParseDocument(document)).All(fault => fault.Rule != rule));
}
