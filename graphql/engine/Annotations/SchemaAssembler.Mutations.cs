using System.Collections.Immutable;
using System.Reflection;
using Metro.GraphQL.Execution.Coercion;
using Metro.GraphQL.Language;
using Metro.GraphQL.Types;

namespace Metro.GraphQL.Annotations;

/// <summary>What a mutation's payload is read from.</summary>
/// <param name="Result">The result; null when there are errors.</param>
/// <param name="Errors">The errors the client is told of by type; null when there are none.</param>
internal sealed record MutationPayload(object? Result, IReadOnlyList<object>? Errors);

internal sealed partial class SchemaAssembler
{
    private void ApplyMutationConvention(ObjectFieldDescriptor field)
    {
        var method = field.Member as MethodInfo;
        var own = method?.GetCustomAttribute<UseMutationConventionAttribute>();
        if (method is null || own is { Disable: true }) return;
        if (own is null && Setup.MutationConventions is not { ApplyToAllMutations: true }) return;

        var options = Setup.MutationConventions ?? new();
        var mutation = NamingConventions.PascalCase(field.Definition.Name);
        string Named(string pattern) => pattern.Replace("{MutationName}", mutation, StringComparison.Ordinal);

        UseInput(field, own?.InputArgumentName ?? options.InputArgumentName, own?.InputTypeName ?? Named(options.InputTypeNamePattern));
        UsePayload(
            field, method, own, own?.PayloadTypeName ?? Named(options.PayloadTypeNamePattern), Named(options.PayloadErrorTypeNamePattern),
            own?.PayloadErrorsFieldName ?? options.PayloadErrorsFieldName);
    }

    // All arguments become the fields of one input object; a hand-written one of that name is left alone.
    private void UseInput(ObjectFieldDescriptor field, string argumentName, string inputTypeName)
    {
        var arguments = field.Definition.Arguments.ToArray<ArgumentDefinition>();
        if (arguments.Length == 0) return;
        if (arguments is [var only] && only.TypeReference.InnermostName == inputTypeName) return;

        var input = new InputObjectType(inputTypeName);
        foreach (var argument in arguments)
        {
            var member = new InputFieldDefinition
            {
                Name = argument.Name,
                TypeReference = argument.TypeReference,
                RuntimeType = argument.RuntimeType,
                Description = argument.Description,
                DeprecationReason = argument.DeprecationReason,
                DefaultValue = argument.DefaultValue,
            };
            if (argument.Features.Get<InputReader>() is { } reader) member.Features.Set(reader);
            foreach (var directive in argument.Directives) member.Apply(directive);
            input.Fields.Add(member);
            field.Definition.Arguments.Remove(argument.Name);
        }

        Builder.Add(input);
        field.Definition.Arguments.Add(new()
        {
            Name = argumentName,
            TypeReference = new NonNullTypeNode { Nullable = new NamedTypeNode { Name = inputTypeName } },
        });
        _compiler.Attach(field, isMutation: true, argumentName);
    }

    private void UsePayload(
        ObjectFieldDescriptor field, MethodInfo method, UseMutationConventionAttribute? own,
        string payloadTypeName, string errorUnionName, string errorsFieldName)
    {
        var result = field.Definition.TypeReference;
        if (result.InnermostName == payloadTypeName) return;

        var payload = new ObjectType(payloadTypeName) { RuntimeType = typeof(MutationPayload) };
        payload.Fields.Add(new()
        {
            Name = own?.PayloadFieldName ?? NamingConventions.FieldName(result.InnermostName),
            TypeReference = result is NonNullTypeNode required ? required.Nullable : result,
            PureResolver = context => context.Parent<MutationPayload>().Result,
        });

        var errors = ErrorTypesOf(method);
        if (errors.Length > 0)
        {
            AddErrorUnion(errorUnionName, errors);
            payload.Fields.Add(new()
            {
                Name = errorsFieldName,
                TypeReference = Parser.ParseType($"[{errorUnionName}!]"),
                PureResolver = context => context.Parent<MutationPayload>().Errors,
            });
        }

        Builder.Add(payload);
        field.Definition.TypeReference = new NonNullTypeNode { Nullable = new NamedTypeNode { Name = payloadTypeName } };
        var map = new MutationErrors(errors);
        field.UseOutermost(next => async context =>
        {
            try
            {
                await next(context);
                context.Result = context.Result is IFieldResult told
                    ? new MutationPayload(told.Errors.Count > 0 ? null : told.Value, told.Errors.Count > 0 ? told.Errors : null)
                    : new MutationPayload(context.Result, null);
            }
            catch (Exception failure) when (map.Of(failure) is { } known)
            {
                context.Result = new MutationPayload(null, known);
            }
        });
    }

    private static ImmutableArray<Type> ErrorTypesOf(MethodInfo method)
    {
        var errors = method.GetCustomAttributes<ErrorAttribute>().Select(each => each.ErrorType);
        var result = method.ReturnType;
        if (result.IsGenericType && (result.GetGenericTypeDefinition() == typeof(Task<>) || result.GetGenericTypeDefinition() == typeof(ValueTask<>)))
            result = result.GetGenericArguments()[0];
        if (result.IsGenericType && result.GetGenericTypeDefinition() == typeof(FieldResult<,>))
            errors = errors.Append(result.GetGenericArguments()[1]);
        return [.. errors.Distinct()];
    }

    private void AddErrorUnion(string name, ImmutableArray<Type> errors)
    {
        var @interface = AddErrorInterface();
        var union = new UnionType(name);
        foreach (var error in errors)
        {
            var member = Mention(error, isInput: false);
            union.Include(member);
            Completions.Add(() =>
            {
                var type = (ObjectType)_defined[(error, false)];
                if (!type.InterfaceReferences.Any(each => each.Name == @interface)) type.Implement(@interface);
            });
        }

        Builder.Add(union);
    }

    private string AddErrorInterface()
    {
        if (Setup.ErrorInterface is { } own) return Mention(own, isInput: false);
        if (!Builder.TryGetType("Error", out _))
        {
            var error = new InterfaceType("Error");
            error.Fields.Add(new() { Name = "message", TypeReference = Parser.ParseType("String!") });
            Builder.Add(error);
        }

        return "Error";
    }
}

/// <summary>
/// Makes of exceptions what the client is told by type: an exception class stands for itself, another class is made by
/// its static CreateErrorFrom or by its constructor. Thread-safe.
/// </summary>
internal sealed class MutationErrors
{
    private readonly List<(Type Exception, Func<Exception, object> Make)> _makers = [];

    public MutationErrors(ImmutableArray<Type> errors)
    {
        foreach (var error in errors)
        {
            if (error.IsAssignableTo(typeof(Exception)))
            {
                _makers.Add((error, static failure => failure));
                continue;
            }

            foreach (var method in error.GetMethods(BindingFlags.Public | BindingFlags.Static).Where(each => each.Name is "CreateErrorFrom"))
            {
                if (method.GetParameters() is [var from] && from.ParameterType.IsAssignableTo(typeof(Exception)))
                    _makers.Add((from.ParameterType, failure => method.Invoke(null, [failure])!));
            }

            foreach (var constructor in error.GetConstructors())
            {
                if (constructor.GetParameters() is [var from] && from.ParameterType.IsAssignableTo(typeof(Exception)))
                    _makers.Add((from.ParameterType, failure => constructor.Invoke([failure])));
            }
        }
    }

    /// <summary>The errors of an exception; null when it is not one the mutation declares.</summary>
    public IReadOnlyList<object>? Of(Exception failure)
    {
        if (failure is AggregateException several)
        {
            var failures = several.Flatten().InnerExceptions;
            object[] all = [.. failures.Select(One).OfType<object>()];
            return all.Length > 0 && all.Length == failures.Count ? all : null;
        }

        return One(failure) is { } one ? [one] : null;
    }

    // The maker for the nearest class of the exception.
    private object? One(Exception failure)
    {
        for (var at = failure.GetType(); at != typeof(object) && at is not null; at = at.BaseType)
        {
            foreach (var (exception, make) in _makers)
            {
                if (exception == at) return make(failure);
            }
        }

        return null;
    }
}
