/// What sort of entry a service is in the files of `Directory/`. It says where an entry stands on a country's page; what
/// the service helps with is said by its offers, which `Directory/README.md` derives from the kind and the source.
public enum ServiceKind: String, Sendable, CaseIterable {
    case childHelpline = "child_helpline"
    case missingChildren = "missing_children"
    case violenceHelpline = "gbv_helpline"
    case traffickingHotline = "trafficking_hotline"
    case imageHotline = "csam_hotline"
    case victimSupport = "victim_support"
    case medical
    case psychological
    case legal
    case shelter = "social_shelter"
    case refugeeHelp = "refugee_help"
    case networkMember = "ecpat_member"
    /// Of a general directory, such as an import; it offers nothing until somebody who knows it says what.
    case general
}
