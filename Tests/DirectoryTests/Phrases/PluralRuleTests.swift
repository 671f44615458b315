import Directory
import Testing

/// Known answers from the examples of Unicode CLDR's language plural rules.
struct PluralRuleTests {
    @Test(arguments: [
        (0, "many"), (1, "one"), (2, "few"), (4, "few"), (5, "many"), (10, "many"), (11, "many"), (12, "many"),
        (14, "many"), (19, "many"), (20, "many"), (21, "one"), (22, "few"), (25, "many"), (100, "many"), (101, "one"),
        (102, "few"), (111, "many"), (112, "many"), (121, "one"), (1_000_000, "many"), (-1, "one"), (-22, "few"),
    ])
    func `Russian counts by the last digits`(number: Int, form: String) {
        #expect(PluralRule.russian.form(for: number).rawValue == form)
    }

    @Test(arguments: [(0, "other"), (1, "one"), (2, "other"), (11, "other"), (21, "other"), (-1, "one")])
    func `English and Spanish know one and others`(number: Int, form: String) {
        #expect(PluralRule.english.form(for: number).rawValue == form)
        #expect(PluralRule.spanish.form(for: number).rawValue == form)
    }

    @Test(arguments: [(0, "one"), (1, "one"), (2, "other"), (21, "other")])
    func `French counts nothing like one`(number: Int, form: String) {
        #expect(PluralRule.french.form(for: number).rawValue == form)
    }

    @Test(arguments: PluralRule.allCases)
    func `every number has a form that the files hold`(rule: PluralRule) {
        let forms = Set((0...1_000).map { rule.form(for: $0) } + [rule.form(for: .min), rule.form(for: .max)])
        #expect(forms == Set(rule.forms))
        let ones = (0...1_000).filter { rule.form(for: $0) == .one }
        #expect(rule.oneIsOnlyOne == (ones == [1]))
    }

    @Test func `a language is known by its first subtag`() throws {
        #expect(PluralRule(try #require(LanguageTag("fr-CA"))) == .french)
        #expect(PluralRule(try #require(LanguageTag("si"))) == nil)
    }
}
