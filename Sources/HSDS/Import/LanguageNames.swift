import Directory

/// The tags of languages by the names that directories use for them, and by the three-letter codes of ISO 639.
enum LanguageNames {
    /// A tag for a code or a name; nil for what is neither: it is then kept in words.
    static func tag(_ text: String) -> String? {
        let word = text.lowercased().trimmed
        if let tag = names[word] { return tag }
        if word.utf8.count == 2, LanguageTag(word) != nil { return word }
        if word.utf8.count > 2, word.contains("-"), let tag = LanguageTag(word) { return tag.text }
        return word.utf8.count == 3 && LanguageTag(word) != nil ? word : nil
    }

    private static let names: [String: String] = [
        "english": "en", "eng": "en", "spanish": "es", "español": "es", "spa": "es", "castellano": "es",
        "french": "fr", "français": "fr", "fra": "fr", "fre": "fr", "russian": "ru", "русский": "ru", "rus": "ru",
        "arabic": "ar", "العربية": "ar", "ara": "ar", "chinese": "zh", "chinese (mandarin)": "zh", "mandarin": "zh",
        "chi": "zh", "zho": "zh", "chinese (cantonese)": "yue", "cantonese": "yue", "tagalog": "tl", "tgl": "tl",
        "filipino": "fil", "vietnamese": "vi", "vie": "vi", "korean": "ko", "kor": "ko", "japanese": "ja", "jpn": "ja",
        "portuguese": "pt", "por": "pt", "português": "pt", "german": "de", "deutsch": "de", "deu": "de", "ger": "de",
        "italian": "it", "italiano": "it", "ita": "it", "polish": "pl", "polski": "pl", "pol": "pl",
        "ukrainian": "uk", "українська": "uk", "ukr": "uk", "turkish": "tr", "türkçe": "tr", "tur": "tr",
        "persian": "fa", "farsi": "fa", "dari": "prs", "pashto": "ps", "urdu": "ur", "urd": "ur", "hindi": "hi",
        "hin": "hi", "bengali": "bn", "bangla": "bn", "ben": "bn", "punjabi": "pa", "pan": "pa", "gujarati": "gu",
        "tamil": "ta", "தமிழ்": "ta", "tam": "ta", "sinhala": "si", "සිංහල": "si", "sinhalese": "si", "sin": "si",
        "nepali": "ne", "नेपाली": "ne", "nep": "ne", "thai": "th", "ไทย": "th", "tha": "th", "khmer": "km",
        "ខ្មែរ": "km", "khm": "km", "cambodian": "km", "lao": "lo", "burmese": "my", "amharic": "am", "amh": "am",
        "tigrinya": "ti", "somali": "so", "som": "so", "swahili": "sw", "swa": "sw", "oromo": "om", "hmong": "hmn",
        "haitian creole": "ht", "creole": "ht", "hebrew": "he", "yiddish": "yi", "greek": "el", "romanian": "ro",
        "bulgarian": "bg", "serbian": "sr", "croatian": "hr", "bosnian": "bs", "albanian": "sq", "armenian": "hy",
        "georgian": "ka", "kurdish": "ku", "dutch": "nl", "nederlands": "nl", "swedish": "sv", "danish": "da",
        "norwegian": "no", "finnish": "fi", "hungarian": "hu", "czech": "cs", "slovak": "sk", "indonesian": "id",
        "malay": "ms", "american sign language": "ase", "asl": "ase",
    ]
}
