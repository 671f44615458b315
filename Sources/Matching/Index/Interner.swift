/// Gives equal values one small number, so that what thousands of services share is judged once for each match.
struct Interner<Value: Hashable> {
    private(set) var values: [Value] = []
    private(set) var numbers: [Value: UInt32] = [:]

    mutating func number(of value: Value) -> UInt32 {
        if let number = numbers[value] { return number }
        let number = UInt32(values.count)
        values.append(value)
        numbers[value] = number
        return number
    }
}

extension Interner: Sendable where Value: Sendable {}
