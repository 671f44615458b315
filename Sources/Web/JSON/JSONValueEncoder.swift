/// What a value's `encode(to:)` is given.
struct JSONValueEncoder: Encoder {
    let page: JSONPage

    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        page.settle(.object)
        return KeyedEncodingContainer(JSONMembers<Key>(page: page))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        page.settle(.list)
        return JSONElements(page: page)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer {
        page.settle(.scalar)
        return JSONScalar(page: page)
    }
}

private struct JSONMembers<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let page: JSONPage

    var codingPath: [any CodingKey] { [] }

    func encodeNil(forKey key: Key) { at(key).null() }
    func encode(_ value: Bool, forKey key: Key) { at(key).flag(value) }
    func encode(_ value: String, forKey key: Key) { at(key).text(value) }
    func encode(_ value: Double, forKey key: Key) { at(key).decimal(value) }
    func encode(_ value: Int, forKey key: Key) { at(key).whole(value) }
    func encode<T: Encodable>(_ value: T, forKey key: Key) throws { try at(key).write(value) }

    private func at(_ key: Key) -> JSONPage {
        page.member(key.stringValue)
        return page
    }

    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type, forKey key: Key) -> KeyedEncodingContainer<
        Nested
    > {
        page.refuse()
        return KeyedEncodingContainer(JSONMembers<Nested>(page: page))
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        page.refuse()
        return JSONElements(page: page)
    }

    func superEncoder() -> any Encoder {
        page.refuse()
        return JSONValueEncoder(page: page)
    }

    func superEncoder(forKey key: Key) -> any Encoder { superEncoder() }
}

private struct JSONElements: UnkeyedEncodingContainer {
    let page: JSONPage

    var codingPath: [any CodingKey] { [] }
    var count: Int { page.elementCount }

    func encodeNil() { at().null() }
    func encode(_ value: Bool) { at().flag(value) }
    func encode(_ value: String) { at().text(value) }
    func encode(_ value: Double) { at().decimal(value) }
    func encode(_ value: Int) { at().whole(value) }
    func encode<T: Encodable>(_ value: T) throws { try at().write(value) }

    private func at() -> JSONPage {
        page.element()
        return page
    }

    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
        page.refuse()
        return KeyedEncodingContainer(JSONMembers<Nested>(page: page))
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        page.refuse()
        return self
    }

    func superEncoder() -> any Encoder {
        page.refuse()
        return JSONValueEncoder(page: page)
    }
}

private struct JSONScalar: SingleValueEncodingContainer {
    let page: JSONPage

    var codingPath: [any CodingKey] { [] }

    func encodeNil() { page.null() }
    func encode(_ value: Bool) { page.flag(value) }
    func encode(_ value: String) { page.text(value) }
    func encode(_ value: Double) { page.decimal(value) }
    func encode(_ value: Int) { page.whole(value) }
    func encode(_ value: Float) { page.refuse() }
    func encode<T: Encodable>(_ value: T) throws {
        // The other widths of integers come here, and would come again and again.
        if let number = value as? any FixedWidthInteger { page.whole(number) } else { try page.write(value) }
    }
}
