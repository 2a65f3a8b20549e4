using Metro.GraphQL.Language;
using Metro.GraphQL.Types;
using Metro.GraphQL.Validation;

namespace Metro.GraphQL.Tests.Validation;

/// <summary>Asks one rule about documents over the schema that the specification's own examples use (spec 5).</summary>
public abstract class RuleTest
{
    private const string Sdl = """
        type Query {
          dog: Dog
          findDog(searchBy: FindDogInput): Dog
          pet: Pet
          catOrDog: CatOrDog
          dogOrHuman: DogOrHuman
          human: Human
          arguments: Arguments
          booleanList(booleanListArg: [Boolean!]): Boolean
          findPet(by: PetBy): Pet
          list: [Dog]
          any(value: Anything): Int
        }
        type Mutation { addPet(pet: PetInput!): Pet  addPets(pet: [PetInput!]!): [Pet] }
        type Subscription { newMessage: Message  disallowedSecondRootField: Boolean }
        type Message { body: String sender: String }
        enum DogCommand { SIT DOWN HEEL }
        type Dog implements Pet {
          name: String!
          nickname: String
          barkVolume: Int
          doesKnowCommand(dogCommand: DogCommand!): Boolean!
          isHouseTrained(atOtherHomes: Boolean): Boolean!
          owner: Human
          extra: DogExtra
        }
        type DogExtra { string: String  mustExtra: MustExtra }
        type MustExtra { x: Int }
        interface Sentient { name: String! }
        interface Pet { name: String! }
        interface Node { id: ID! }
        interface Resource implements Node { id: ID! url: String }
        type Alien implements Sentient { name: String! homePlanet: String }
        type Human implements Sentient { name: String! pets: [Pet!] }
        enum CatCommand { JUMP }
        type Cat implements Pet {
          name: String!
          nickname: String
          doesKnowCommand(catCommand: CatCommand!): Boolean!
          meowVolume: Int
          extra: CatExtra
        }
        type CatExtra { string: Int }
        union CatOrDog = Cat | Dog
        union DogOrHuman = Dog | Human
        union HumanOrAlien = Human | Alien
        input FindDogInput { name: String owner: String }
        input PetInput { cat: CatInput! dog: DogInput tags: [String!] size: Int! = 3 }
        input CatInput { name: String! nickname: String meowVolume: Int }
        input DogInput { name: String! barkVolume: Int }
        input PetBy @oneOf { name: String id: ID }
        scalar Anything
        type Arguments {
          multipleRequirements(x: Int!, y: Int!): Int!
          booleanArgField(booleanArg: Boolean): Boolean
          floatArgField(floatArg: Float): Float
          intArgField(intArg: Int): Int
          idArgField(idArg: ID): ID
          stringArgField(stringArg: String): String
          nonNullBooleanArgField(nonNullBooleanArg: Boolean!): Boolean!
          booleanListArgField(booleanListArg: [Boolean]!): [Boolean]
          optionalNonNullBooleanArgField(optionalBooleanArg: Boolean! = false): Boolean!
        }
        directive @mark(note: String) repeatable on FIELD | QUERY
        directive @need(it: Int!) on FIELD
        """;

    private static readonly DocumentValidator Validator = new(
        new SchemaBuilder()
            .AddSdl(Sdl)
            .Add(SpecifiedDirectives.CreateDefer())
            .Add(SpecifiedDirectives.CreateStream())
            .Build(),
        new ValidationOptions { MaxErrors = int.MaxValue });

    private string Rule => GetType().Name[..^"Tests".Length];

    /// <summary>The rule finds nothing wrong.</summary>
    protected void Accepts(string document) => Assert.Equal([], MessagesOn(document));

    /// <summary>The rule finds just these faults.</summary>
    protected void Refuses(string document, params string[] messages) => Assert.Equal(messages, MessagesOn(document));

    /// <summary>The errors of the rule.</summary>
    protected IReadOnlyList<IError> ErrorsOn(string document) =>
        [.. Validator.Check(Parser.ParseDocument(document)).Where(fault => fault.Rule == Rule).Select(fault => fault.Error)];

    private IEnumerable<string> MessagesOn(string document) => ErrorsOn(document).Select(error => error.Message);
}
