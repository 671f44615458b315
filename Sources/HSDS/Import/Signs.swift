/// The words by which an import recognises what must not be taken without a person looking at it: those of the languages
/// that the directory carries and of those it is searched in.
enum Signs {
    /// A place that people are hidden in, in a name or a term.
    static let shelterInName = WordSigns(
        phrases: [
            "shelter", "shelters", "refuge", "refuges", "safe house", "safe houses", "safehouse", "safehouses",
            "safe home", "safe homes", "domestic violence", "family violence", "intimate partner violence",
            "gender based violence", "battered women", "abused women", "women's house", "womens house",
            "transition house", "transitional house", "crisis house", "rape crisis", "help escape violence",
            "safe housing", "victims of trafficking", "human trafficking", "sanctuary", "haven",
            "maison d'accueil", "maison d'hebergement", "foyer", "foyers", "hebergement d'urgence", "centre d'accueil",
            "violence conjugale", "violences conjugales", "violences familiales", "femmes battues",
            "casa de acogida", "casas de acogida", "casa refugio", "casa hogar", "albergue", "albergues", "refugio",
            "refugios", "hogar de paso", "hogar de acogida", "violencia domestica", "violencia familiar",
            "violencia intrafamiliar", "violencia de genero", "casa de paso", "piso tutelado",
            "кризисный центр", "кризисная квартира", "домашнее насилие", "домашнего насилия", "семейное насилие",
            "ملجأ", "مأوى", "دار إيواء", "دار الإيواء", "ملاذ",
            "නවාතැන", "සුරක්ෂිත නිවාසය", "රැකවරණ නිවාසය",
            "காப்பகம்", "புகலிடம்", "பாதுகாப்பு இல்லம்",
            "आश्रय", "आश्रयस्थल", "सुरक्षित घर", "सेफ हाउस",
        ],
        stems: ["приют", "убежищ", "шелтер", "frauenhaus", "frauenhaeus", "womensshelter"],
        anywhere: ["บ้านพัก", "ที่พักพิง", "สถานสงเคราะห์", "ជម្រក", "ផ្ទះសុវត្ថិភាព", "ທີ່ພັກພິງ", "အကာအကွယ်ပေး"]
    )

    /// The same in a description, where a bare "shelter" is as often what a service refers to.
    static let shelterInText = WordSigns(
        phrases: [
            "women's shelter", "womens shelter", "domestic violence shelter", "violence shelter", "emergency shelter",
            "crisis shelter", "confidential shelter", "youth shelter", "shelter for women", "shelter for victims",
            "shelter for survivors", "shelter for girls", "shelter for children", "safe house", "safehouse",
            "safe shelter", "safe home", "residential shelter", "transitional shelter", "shelter and services for",
            "refuge for women", "women's refuge",
            "foyer d'hebergement", "hebergement d'urgence", "hebergement securise", "maison d'hebergement",
            "refuge pour femmes", "casa de acogida", "casa refugio", "albergue para", "refugio para",
            "hogar de acogida",
            "кризисная квартира", "دار إيواء", "दुर्व्यवहार पीडित आश्रय",
        ],
        stems: ["приют", "убежищ", "frauenhaus"],
        anywhere: ["บ้านพักฉุกเฉิน", "ที่พักพิง", "ជម្រក"]
    )

    /// Shelters for no person, taken out before a name is judged.
    static let notForPeople = WordSigns(phrases: [
        "animal shelter", "animal shelters", "pet shelter", "pet shelters", "dog shelter", "cat shelter",
        "bus shelter", "bus shelters", "wildlife refuge", "refuge animalier", "refugio de animales", "humane society",
        "tax shelter", "donkey sanctuary", "animal sanctuary", "bird sanctuary", "wildlife sanctuary",
        "приют для животных", "приют для собак",
    ])

    /// Confidential, in every language that the directory carries or is searched in.
    static let confidential = WordSigns(
        phrases: [
            "undisclosed", "not disclosed", "secret location", "secret address", "unlisted address", "hidden location",
            "address withheld", "location withheld", "location is not published", "do not publish",
            "do not share address", "not for publication", "do not disclose", "adresse secrete", "lieu secret",
            "non divulguee", "non divulgue", "direccion secreta", "ubicacion secreta", "no divulgada", "no divulgado",
            "direccion reservada", "не разглашается", "не разглашать", "سري", "سرية", "السرية", "سرّي", "بسرية",
            "रहस्य", "गोप्य", "गोपनीय",
        ],
        stems: [
            "confidenti", "confidenci", "конфиденциальн", "секретн", "රහස්", "රහසි", "இரகசிய", "ரகசிய", "गोप्य", "गोपनीय",
            "vertraulich",
        ],
        anywhere: ["ความลับ", "ปกปิด", "ไม่เปิดเผย", "សម្ងាត់", "ຄວາມລັບ", "လျှို့ဝှက်"]
    )
}
