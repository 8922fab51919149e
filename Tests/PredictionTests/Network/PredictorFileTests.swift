import Formats
import Matrices
import Networks
import TestSupport
import Testing

@testable import Prediction

@Suite("A predictor's file")
struct PredictorFileTests {
  private static func header(_ shape: ResponsePredictor.Shape) -> PredictorHeader {
    var settings = PredictorPreset.reference.settings
    settings.without = []
    return PredictorHeader(
      preset: .reference, settings: settings, shape: shape, fold: 3, geneOrder: "order", rankModel: "rank",
      perturbationModel: "perturbation", key: "key", bestEpoch: 1,
      curve: [.init(training: 0.7, stopping: 0.6), .init(training: 0.5, stopping: 0.65)])
  }

  @Test("gives back what was written, and its network the same logits")
  func roundTrip() throws {
    let fixture = try PredictorFixture()
    let folder = try TemporaryFolder()
    let path = folder.file(PredictorFile.name(fold: 3))
    let file = try PredictorFile(fixture.predictor.tensors, header: Self.header(fixture.predictor.shape))
    try file.write(to: path)
    let read = try PredictorFile(reading: path)
    #expect(read.header == file.header)
    #expect(read.model == file.model)
    func logits(_ predictor: ResponsePredictor) throws -> [Float] {
      var pass = Pass.evaluation
      let tape = Tape(isRecording: false, lanes: Lanes(1), pool: fixture.pool)
      return predictor(try fixture.inputs(), &pass, on: tape).value.values
    }
    let (found, expected) = (try logits(read.predictor(pool: BufferPool())), try logits(fixture.predictor))
    #expect(found == expected)
  }

  @Test("is told from other files")
  func refuses() throws {
    let fixture = try PredictorFixture()
    let folder = try TemporaryFolder()
    let other = folder.file("other.safetensors")
    try SafetensorsFile(metadata: ["format": "therapi-aligner 1"], tensors: fixture.predictor.tensors).write(to: other)
    #expect(throws: PredictionError.self) { try PredictorFile(reading: other) }
    var tensors = fixture.predictor.tensors
    tensors["predictor.emb_fc.0.weight"] = Safetensor(shape: [1, 2], [1, 2])
    let wrong = folder.file("wrong.safetensors")
    try PredictorFile(tensors, header: Self.header(fixture.predictor.shape)).write(to: wrong)
    #expect(throws: FormatError.self) { try PredictorFile(reading: wrong) }
    var shape = fixture.predictor.shape
    shape.hidden = [1]
    let unsound = folder.file("unsound.safetensors")
    try PredictorFile(fixture.predictor.tensors, header: Self.header(shape)).write(to: unsound)
    #expect(throws: PredictionError.self) { try PredictorFile(reading: unsound) }
  }

  @Test("is named by its fold", arguments: [(0, "fold-00.safetensors"), (12, "fold-12.safetensors")])
  func names(fold: Int, name: String) { #expect(PredictorFile.name(fold: fold) == name) }
}
