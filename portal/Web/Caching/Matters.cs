using System.Collections.Frozen;

namespace Metro.Portal.Web.Caching;

/// <summary>What public pages tell of. When some of it changes, whatever tells of it is made anew.</summary>
[Flags]
internal enum Matters
{
    /// <summary>Nothing that the public sees.</summary>
    None = 0,

    /// <summary>What editors publish: pages, menus, files.</summary>
    Content = 1,

    /// <summary>Branches, their hours and the days on which other hours hold.</summary>
    Hours = 2,

    /// <summary>Titles and what their copies are doing.</summary>
    Catalogue = 4,

    /// <summary>Programs, their sessions and seats.</summary>
    Programs = 8,

    /// <summary>Spaces and when they are taken.</summary>
    Spaces = 16,

    /// <summary>What classes can come for, and when.</summary>
    Visits = 32,

    /// <summary>Which e-resources are lent, and whether one is free.</summary>
    Licences = 64,

    /// <summary>All of it.</summary>
    All = Content | Hours | Catalogue | Programs | Spaces | Visits | Licences,
}

/// <summary>Which table tells of what. A table that is not named here tells of everything, and a test misses it.</summary>
internal static class MattersOfTables
{
    /// <summary>Every table of the library and of its content.</summary>
    public static FrozenDictionary<string, Matters> All { get; } = new (Matters Matters, string Tables)[]
    {
        (Matters.Content,
            "content_alias content_definition content_field content_index content_item content_redirect content_ref content_route content_search content_term "
            + "content_translation content_version media_asset"),
        (Matters.Hours, "branches calendar_exceptions"),
        (Matters.Catalogue, "titles title_contributors title_identifiers title_subjects copies catalog_changes holds loans loan_terms"),
        (Matters.Programs, "programs sessions registrations series_enrolments"),
        (Matters.Spaces, "spaces space_kinds equipment bookings booked_equipment booking_series occupied_quarters"),
        (Matters.Visits, "visit_offers visit_times visits visit_quotas guides_quarters house_limits"),
        (Matters.Licences, "licences digital_loans digital_holds"),
        (Matters.None,
            "content_audit content_autosave content_lock content_outbox content_parked_step content_schedule content_webhook "
            + "accommodation_requests audit_lines calendar_secrets clearance_certificates consents counters daily_figures desk_scans fine_payments fine_waivers fines "
            + "fruitless_searches guardianships imported_records member_notes members on_site_readings outbox_messages presence_keys registration_consents schools "
            + "strikes suspensions unsubscriptions wrong_codes"),
    }.SelectMany(one => one.Tables.Split(' ').Select(table => KeyValuePair.Create(table, one.Matters))).ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What a table tells of.</summary>
    public static Matters Of(string table) => All.GetValueOrDefault(table, Matters.All);
}
