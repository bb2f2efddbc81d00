import Attar
import Compute
import Testing

struct PreFlightTests {
    private static func labelled(_ count: Int, right: Bool) -> Dataset {
        let numbers = (0..<count).map { Float($0 % 11) }
        let labels = numbers.map { number -> Int32 in
            let answer = CountingTeacher.answer(number, classes: 3)
            let best = answer.indices.max { answer[$0] < answer[$1] } ?? 0
            return Int32(right ? best : (best + 1) % 3)
        }
        return CountingTeacher.rows(numbers).with(
            target: Target(name: "y", classes: ["c0", "c1", "c2"], labels: labels))
    }

    @Test func `It asks 64 rows and says what they are, what is right, and what the rest costs`() async throws {
        let teacher = CountingTeacher()
        let flight = try await PreFlight(teacher, on: Self.labelled(1000, right: true))
        #expect(teacher.questions.count == 64 && Set(teacher.questions).count == 64)
        #expect(flight.quality == 1 && flight.outputKind == .probabilities && flight.costPerRow == 0.5)
        let sentences = flight.sentences(remaining: 936)
        #expect(sentences[0].contains("probabilities of 3 classes") && sentences[0].contains("100.0 %"))
        #expect(sentences[1].contains("936 rows") && sentences[1].contains("cost about 468.00"))
        #expect(sentences.count == 2)
    }

    @Test func `Answers worse than chance are told`() async throws {
        let flight = try await PreFlight(CountingTeacher(), on: Self.labelled(200, right: false))
        #expect(flight.sentences(remaining: 0).last?.contains("no better than chance") == true)
    }

    @Test func `Few rows are all asked`() async throws {
        let teacher = CountingTeacher()
        _ = try await PreFlight(teacher, on: Self.labelled(5, right: true))
        #expect(teacher.questions.count == 5)
    }
}
