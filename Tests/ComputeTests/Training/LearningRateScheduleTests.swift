import Compute
import Testing

struct LearningRateScheduleTests {
    @Test func `Cosine falls from 1 through a half to 0`() {
        let schedule = LearningRateSchedule(.cosine)
        for (step, factor) in [(0, 1), (25, 0.853_553_4), (50, 0.5), (75, 0.146_446_6), (100, 0), (120, 0)] {
            #expect(abs(Double(schedule.factor(step: step, of: 100)) - factor) < 1e-6, "at step \(step)")
        }
    }

    @Test func `Steps multiply after each part of the run`() {
        let schedule = LearningRateSchedule(.steps(count: 3, factor: 0.5))
        #expect([0, 32, 34, 65, 67, 99].map { schedule.factor(step: $0, of: 100) } == [1, 1, 0.5, 0.5, 0.25, 0.25])
    }

    @Test func `Warm-up climbs evenly to 1, and the decay starts after it`() {
        let schedule = LearningRateSchedule(.cosine, warmUp: 0.1)
        #expect((0..<10).map { schedule.factor(step: $0, of: 100) } == (1...10).map { Float($0) / 10 })
        #expect(schedule.factor(step: 10, of: 100) == 1)
        #expect(abs(schedule.factor(step: 55, of: 100) - 0.5) < 1e-6)
    }

    @Test func `Without decay the factor stays 1, even beyond the end`() {
        #expect([0, 5, 99].map { LearningRateSchedule().factor(step: $0, of: 10) } == [1, 1, 1])
    }
}
