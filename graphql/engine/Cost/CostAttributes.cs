using System.Runtime.CompilerServices;
using Metro.GraphQL.Annotations;
using Metro.GraphQL.Types;

namespace Metro.GraphQL.Cost;

/// <summary>What a field's resolver, an object, a scalar, an enum, an argument or an input field costs.</summary>
/// <param name="weight">The weight. A negative one takes away from what its selection costs otherwise.</param>
/// <param name="order">The line it stands on; the compiler fills it in.</param>
[AttributeUsage(
    AttributeTargets.Property | AttributeTargets.Method | AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum
    | AttributeTargets.Parameter)]
public sealed class CostAttribute(double weight, [CallerLineNumber] int order = 0)
    : ObjectFieldDescriptorAttribute(order), ITypeAnnotation, IInputValueAnnotation
{
    /// <summary>The weight.</summary>
    public double Weight { get; } = weight;

    /// <inheritdoc/>
    public void OnConfigure(DescriptorContext context, NamedType type)
    {
        ArgumentNullException.ThrowIfNull(type);
        CostDirectives.AddTo(context);
        type.Apply(CostDirectives.Cost(Weight));
    }

    /// <inheritdoc/>
    public void OnConfigure(DescriptorContext context, InputValueDefinition input)
    {
        ArgumentNullException.ThrowIfNull(input);
        CostDirectives.AddTo(context);
        input.Apply(CostDirectives.Cost(Weight));
    }

    /// <inheritdoc/>
    protected internal override void OnConfigure(DescriptorContext context, ObjectFieldDescriptor field)
    {
        ArgumentNullException.ThrowIfNull(field);
        CostDirectives.AddTo(context);
        field.Definition.Apply(CostDirectives.Cost(Weight));
    }
}

/// <summary>How many items a list field has, for the cost of what is selected beneath it.</summary>
/// <param name="order">The line it stands on; the compiler fills it in.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Method)]
public sealed class ListSizeAttribute([CallerLineNumber] int order = 0) : ObjectFieldDescriptorAttribute(order)
{
    private int? _assumedSize;
    private int? _slicingArgumentDefaultValue;

    /// <summary>The most items the list can have; 0 when it is not said.</summary>
    public int AssumedSize
    {
        get => _assumedSize ?? 0;
        set => _assumedSize = value;
    }

    /// <summary>The arguments whose value bounds the list.</summary>
    public string[] SlicingArguments { get; set; } = [];

    /// <summary>How many items there are when no slicing argument is given; 0 when it is not said.</summary>
    public int SlicingArgumentDefaultValue
    {
        get => _slicingArgumentDefaultValue ?? 0;
        set => _slicingArgumentDefaultValue = value;
    }

    /// <summary>The fields of the answer that hold the list.</summary>
    public string[] SizedFields { get; set; } = [];

    /// <summary>Whether a request must give exactly one slicing argument (HC0082). True unless told otherwise.</summary>
    public bool RequireOneSlicingArgument { get; set; } = true;

    /// <inheritdoc/>
    protected internal override void OnConfigure(DescriptorContext context, ObjectFieldDescriptor field)
    {
        ArgumentNullException.ThrowIfNull(field);
        CostDirectives.AddTo(context);
        field.Definition.Apply(new ListSize
        {
            AssumedSize = _assumedSize,
            SlicingArguments = SlicingArguments,
            SlicingArgumentDefaultValue = _slicingArgumentDefaultValue,
            SizedFields = SizedFields,
            RequireOneSlicingArgument = RequireOneSlicingArgument,
        }.ToDirective());
    }
}
