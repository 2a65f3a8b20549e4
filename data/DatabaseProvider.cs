namespace Metro.Data;

/// <summary>The databases on which the portal runs; the same model and the same rules hold on both.</summary>
public enum DatabaseProvider
{
    /// <summary>One file beside the portal: the default, for one node.</summary>
    Sqlite,

    /// <summary>A PostgreSQL server: for several nodes, or for those who outgrow one file.</summary>
    PostgreSql,
}
