import Foundation
import HDF5
import Matrices
import Randomness
import Testing

@testable import Networks

@Suite("Training")
struct TrainingTests {
  /// Each step is a dozen roundings of numbers below 2.
  @Test("Adam with decay of weights takes PyTorch's steps", arguments: [1, 2])
  func adam(lanes: Int) throws {
    let fixture = try Fixture("operations")
    let parameter = Parameter("p", try fixture.tensor("adam/initial"))
    let (gradients, steps) = (try fixture.tensor("adam/gradients"), try fixture.tensor("adam/steps"))
    var adam = Adam([parameter], weightDecay: 0.1, pool: fixture.pool)
    for step in 0..<5 {
      let gradient = gradients.rows(step..<step + 1).reshaped([17])
      adam.step([gradient], learningRate: 0.01, lanes: Lanes(lanes))
      let expected = steps.rows(step..<step + 1).values
      #expect(parameter.value.values.distance(to: expected) <= 1e-6, "step \(step)")
    }
    #expect(adam.steps == 5)
  }

  /// PyTorch finds each rate from the one before, so its roundings add up; 1e-15 is an eighth of a unit in the last
  /// place of single precision of the smallest rate.
  @Test("a cosine schedule gives PyTorch's rates, and rises again behind its end")
  func cosine() throws {
    let rates = try Fixture("operations").root.dataset("cosine").read(as: Double.self)
    let schedule = CosineSchedule(initial: 3e-3, least: 1e-4, epochs: 10)
    for (epoch, rate) in rates.enumerated() { #expect(abs(schedule.rate(at: epoch) - rate) <= 1e-12, "epoch \(epoch)") }
    #expect(rates.count == 21)
  }

  @Test("early stopping ends after as many epochs without a better loss as it has patience")
  func earlyStopping() {
    var stopping = EarlyStopping(patience: 3, leastFall: 0.1)
    let losses: [Double] = [.nan, 5, 4.95, 4.8, .infinity, 4.75, 4.71]
    #expect(losses.map { stopping.take($0) } == [false, true, false, true, false, false, false])
    #expect(stopping.best == EarlyStopping.Best(epoch: 3, loss: 4.8))
    #expect(stopping.isOver && stopping.epochs == 7)
    #expect(stopping.take(1) && !stopping.isOver)
  }

  @Test("early stopping ends where no loss was ever a number")
  func neverANumber() {
    var stopping = EarlyStopping(patience: 2)
    #expect(!stopping.take(.nan) && !stopping.isOver)
    #expect(!stopping.take(.nan) && stopping.isOver && stopping.best == nil)
  }

  @Test("batches hold each row once an epoch, in an order that the seed determines")
  func batches() {
    let order = BatchOrder(count: 103, batchSize: 10, keepsRest: true)
    var (one, two) = (SeededRandom(seed: 1), SeededRandom(seed: 1))
    let (first, second) = (order.epoch(using: &one), order.epoch(using: &one))
    #expect(first.count == 11 && order.batches == 11)
    #expect(first.map(\.count) == [Int](repeating: 10, count: 10) + [3])
    #expect(first.flatMap(\.self).sorted() == Array(0..<103))
    #expect(first != second)
    #expect(first == order.epoch(using: &two))
    let dropping = BatchOrder(count: 103, batchSize: 10, keepsRest: false)
    var three = SeededRandom(seed: 1)
    #expect(dropping.epoch(using: &three) == Array(first[..<10]))
    #expect(dropping.batches == 10)
  }

  @Test(
    "batches of few rows",
    arguments: [(0, 4, 0, 0), (3, 4, 1, 0), (4, 4, 1, 1), (5, 4, 2, 1)] as [(Int, Int, Int, Int)])
  func fewRows(count: Int, size: Int, kept: Int, whole: Int) {
    var random = SeededRandom(seed: 1)
    let keeping = BatchOrder(count: count, batchSize: size, keepsRest: true).epoch(using: &random)
    #expect(keeping.count == kept && keeping.flatMap(\.self).sorted() == Array(0..<count))
    #expect(BatchOrder(count: count, batchSize: size, keepsRest: false).epoch(using: &random).count == whole)
  }

  @Test("goes on where it was kept: generator, schedule, order and early stopping pass through JSON")
  func resumption() throws {
    struct State: Codable, Equatable {
      var random: SeededRandom
      var order: BatchOrder
      var schedule: CosineSchedule
      var stopping: EarlyStopping
    }
    var state = State(
      random: SeededRandom(seed: 9), order: BatchOrder(count: 20, batchSize: 6, keepsRest: true),
      schedule: CosineSchedule(initial: 1e-3, epochs: 5), stopping: EarlyStopping(patience: 2))
    _ = state.order.epoch(using: &state.random)
    _ = state.stopping.take(3)
    var kept = try JSONDecoder().decode(State.self, from: JSONEncoder().encode(state))
    #expect(kept == state)
    #expect(kept.order.epoch(using: &kept.random) == state.order.epoch(using: &state.random))
    #expect(kept.stopping.take(4) == state.stopping.take(4))
    #expect(kept == state)
  }

  @Test(
    "a generator without a state of four words is refused", arguments: ["[0,0,0,0]", "[1,2,3]", "[1,2,3,4,5]", "{}"])
  func badGenerator(text: String) {
    #expect(throws: DecodingError.self) { try JSONDecoder().decode(SeededRandom.self, from: Data(text.utf8)) }
  }
}
