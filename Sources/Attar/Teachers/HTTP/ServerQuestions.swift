/// Asks a server about rows from several threads, and delivers what it answers.
struct ServerQuestions: Sendable {
    let server: Server
    let workers: Int
    let batch: Int

    /// The connections at the same time where nothing else is asked for.
    static let defaultWorkers = 4

    /// Asks about all rows.
    ///
    /// - Parameters:
    ///   - count: how many rows.
    ///   - receiving: see `PartialTeacher`; `leavingOut` likewise.
    ///   - ask: answers some rows over a connection; called on threads of our own. A `RowFailure` that it throws is left out.
    func ask(
        _ count: Int, receiving: @escaping AnswerDelivery.Receiver,
        leavingOut: @escaping AnswerDelivery.FailureReceiver = { throw $0.error },
        _ ask:
            @escaping @Sendable (_ positions: [Int], _ connection: HTTPConnection, _ isStopped: () -> Bool) throws ->
            Answers
    ) async throws {
        let delivery = AnswerDelivery(to: receiving, leavingOut: leavingOut)
        let queue = RowQueue(count: count, size: batch)
        let abandonment = Abandonment()
        await withTaskCancellationHandler {
            await onAskingThreads(min(workers, (count + batch - 1) / batch)) { [server] _ in
                do {
                    let connection = try server.connection(abandonment)
                    while !delivery.isStopped, let question = queue.next() {
                        do {
                            let outputs = try ask(question.positions, connection) { delivery.isStopped }
                            delivery.deliver(question.positions, outputs)
                        } catch let failure as RowFailure {
                            delivery.leaveOut(failure)
                        }
                    }
                } catch is CancellationError where delivery.isStopped {
                    // Another thread has failed, and says why.
                } catch {
                    delivery.fail(error)
                }
            }
        } onCancel: {
            delivery.fail(CancellationError())
            abandonment.abandon()
        }
        do {
            try delivery.finish()
        } catch let limit as Meter.LimitReached {
            throw server.limitReached(limit, answered: delivery.answered, of: count)
        }
    }
}
