import AttarRuntime
import Compute
import Testing

struct AnswersTests {
    @Test func `Chosen rows keep their numbers and whether they are known`() {
        let answers = Answers(
            .values, .dense(Matrix(rows: 3, columns: 1, elements: [1, 2, 3])), known: [true, false, true])
        let chosen = answers.selecting(rows: [2, 1])
        #expect(chosen.matrix.elements == [3, 2] && chosen.known == [true, false])
    }

    @Test func `A row of several answers is chosen with all of them`() {
        let answers = Answers(.values, .texts(["a", "b", "c", "d"]), offsets: [0, 1, 1, 4])
        #expect(answers.count == 3)
        let chosen = answers.selecting(rows: [2, 1, 0])
        #expect(chosen.body == .texts(["b", "c", "d", "a"]) && chosen.offsets == [0, 3, 3, 4])
    }

    @Test func `Sparse answers are chosen with their tails`() {
        let classes = Ragged([[(id: 0, value: 0.5), (id: 2, value: 0.25)], [(id: 1, value: 1)]])
        let answers = Answers(.probabilities, .sparse(classes, tail: [0.25, 0], width: 3))
        let chosen = answers.selecting(rows: [1, 0, 1])
        #expect(
            chosen.body
                == .sparse(
                    Ragged([[(id: 1, value: 1)], [(id: 0, value: 0.5), (id: 2, value: 0.25)], [(id: 1, value: 1)]]),
                    tail: [0, 0.25, 0], width: 3))
        #expect(chosen.matrix.elements == [0, 1, 0, 0.5, 0.25, 0.25, 0, 1, 0])
    }
}
