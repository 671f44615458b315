import Care
import Directory
import Foundation

/// How she may be reached, as it is answered to those who may read it.
struct SafeContactForm: Encodable {
    struct Address: Encodable {
        let channel: String
        let value: String?
    }

    struct Hours: Encodable {
        let timeZone: String
        let slots: [Slot]
    }

    struct Slot: Encodable {
        let days: [String]
        let from: String
        let until: String
    }

    let permission: String
    let addresses: [Address]
    let hours: Hours?
    let whoMayAnswer: String?
    let voicemailAllowed: Bool
    let coverIdentity: String?
    let codeWord: String?
    let language: String?
    let note: String?
    let routes: [String]
    let askedAt: Date?
    let validUntil: Date?

    init(_ contact: SafeContact) {
        permission = contact.permission.rawValue
        addresses = contact.addresses.map { Address(channel: $0.channel.rawValue, value: $0.value) }
        hours = contact.hours.map { hours in
            Hours(
                timeZone: hours.timeZone,
                slots: hours.slots.map { slot in
                    Slot(
                        days: slot.days.sorted().map(\.rawValue),
                        from: MinuteOfDay.text(slot.from),
                        until: MinuteOfDay.text(slot.until)
                    )
                }
            )
        }
        whoMayAnswer = contact.whoMayAnswer
        voicemailAllowed = contact.voicemailAllowed
        coverIdentity = contact.coverIdentity
        codeWord = contact.codeWord
        language = contact.language?.text
        note = contact.note
        routes = contact.routes.map(\.rawValue).sorted()
        askedAt = contact.askedAt
        validUntil = contact.validUntil
    }
}

extension Shape where Value == SafeContact {
    /// The same as a request states it. What she did not name is not safe (F2).
    static var safeContact: Shape {
        .object { fields in
            let permission = fields.required("permission", Shape<SafeContact.Permission>.word)
            let addresses = fields.optional(
                "addresses",
                .list(of: .contactAddress, count: 0...Limits.fewValues),
                otherwise: []
            )
            let hours = fields.optional("hours", .contactHours)
            let whoMayAnswer = fields.optional("who_may_answer", .words)
            let voicemailAllowed = fields.optional("voicemail_allowed", .flag, otherwise: false)
            let coverIdentity = fields.optional("cover_identity", .words)
            let codeWord = fields.optional("code_word", .words)
            let language = fields.optional("language", .language)
            let note = fields.optional("note", .words)
            let routes = fields.optional(
                "routes",
                .list(of: Shape<FirstContactRoute>.word, count: 0...Limits.fewValues),
                otherwise: []
            )
            let askedAt = fields.optional("asked_at", .instant)
            let validUntil = fields.optional("valid_until", .instant)
            return try SafeContact(
                permission: permission.get(),
                addresses: addresses.get(),
                hours: hours.get(),
                whoMayAnswer: whoMayAnswer.get(),
                voicemailAllowed: voicemailAllowed.get(),
                coverIdentity: coverIdentity.get(),
                codeWord: codeWord.get(),
                language: language.get(),
                note: note.get(),
                routes: Set(routes.get()),
                askedAt: askedAt.get(),
                validUntil: validUntil.get()
            )
        }
    }
}

extension Shape where Value == SafeContact.Address {
    fileprivate static var contactAddress: Shape {
        .object { fields in
            let channel = fields.required("channel", Shape<SafeContact.Channel>.word)
            let value = fields.optional("value", .words)
            return try SafeContact.Address(channel: channel.get(), value: value.get())
        }
    }
}

extension Shape where Value == ContactHours {
    fileprivate static var contactHours: Shape {
        .object { fields in
            let zone = fields.required("time_zone", .words)
            let slots = fields.required("slots", .list(of: .contactSlot, count: 0...Limits.fewValues))
            return try ContactHours(slots: slots.get(), timeZone: zone.get())
        }
    }
}

extension Shape where Value == ContactHours.Slot {
    fileprivate static var contactSlot: Shape {
        .object { fields in
            let days = fields.required("days", .list(of: Shape<OpeningHours.Weekday>.word, count: 1...7))
            let from = fields.required("from", .minuteOfDay)
            let until = fields.required("until", .minuteOfDay)
            return try ContactHours.Slot(days: Set(days.get()), from: from.get(), until: until.get())
        }
    }
}

extension Shape where Value == Int {
    fileprivate static var minuteOfDay: Shape {
        .parsed("a time of the day such as 17:30, 24:00 for its end") { MinuteOfDay.minutes($0) }
    }
}

/// Times of the day as they stand in JSON: `09:00`, and `24:00` for the end of the day.
private enum MinuteOfDay {
    static func text(_ minutes: Int) -> String {
        func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
        return "\(padded(minutes / 60)):\(padded(minutes % 60))"
    }

    static func minutes(_ text: String) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2,
            parts.allSatisfy({ $0.utf8.count == 2 && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
            let hour = Int(parts[0]), let minute = Int(parts[1]), minute < 60, hour * 60 + minute <= 1_440
        else { return nil }
        return hour * 60 + minute
    }
}
