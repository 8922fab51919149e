import Cohorts
import Genes
import Runs
import Sources

/// Puts the parts of a cohort together in the store's layout (docs/store-format.md).
struct CohortAssembly {
  let configuration: IngestConfiguration
  let measured: MeasuredMatrix
  let panel: GatheredPanel
  let samples: [CohortSample]
  let annotation: SampleAnnotation
  let responses: ResponseTable
  let drugs: DrugTable

  var cohort: Cohort {
    var cohort = Cohort(x: matrix, obs: obs, genes: genes)
    cohort.uns["therapi"] = StoreIdentity(configuration).value
    cohort.uns["expression"] = .group(expression)
    if !responses.rows.isEmpty {
      cohort.uns["responses"] = .frame(responses.frame(order: annotation.ids))
      cohort.uns["drugs"] = .frame(drugs.frame(of: responses))
    }
    return cohort
  }

  var report: IngestReport {
    IngestReport(
      name: configuration.name, samples: samples.count, landmarks: panel.values.measured.count { $0 },
      unit: measured.conversion.target.description, sourceUnit: measured.finding.unit.description,
      evidence: measured.finding.evidence, responses: responses.rows.count, drugs: responses.drugs.count, dropped: [],
      routes: routes, seconds: 0)
  }

  private var routes: [String: Int] {
    var counts: [String: Int] = [:]
    for (landmark, gene) in panel.panel.genes.enumerated() where panel.values.measured[landmark] {
      if let gene { counts[gene.route.rawValue, default: 0] += 1 }
    }
    return counts
  }

  /// Samples x genes, out of genes x samples.
  private var matrix: Matrix {
    let genes = LandmarkPanel.count
    let transposed = [Float](unsafeUninitializedCapacity: samples.count * genes) { buffer, count in
      panel.values.values.withUnsafeBufferPointer { values in
        // By strips of samples as wide as a line of the processor's cache, which is then read once.
        let width = 16
        for start in stride(from: 0, to: samples.count, by: width) {
          let strip = start..<min(start + width, samples.count)
          for gene in 0..<genes {
            let row = gene * samples.count
            for sample in strip { buffer[sample * genes + gene] = values[row + sample] }
          }
        }
      }
      count = samples.count * genes
    }
    return Matrix(rows: samples.count, columns: genes, values: transposed)
  }

  private var obs: Frame {
    var frame = Frame(indexName: "sample", index: annotation.ids)
    frame.set("source_name", .strings(samples.map(\.sourceName)))
    let patients = annotation.ids.map { TCGABarcode($0)?.patient ?? "" }
    if patients.contains(where: { !$0.isEmpty }) { frame.set("patient", .strings(patients)) }
    annotation.write(into: &frame)
    return frame
  }

  private var genes: Frame {
    let landmarks = LandmarkPanel.shared.landmarks
    let chosen = panel.panel.genes.enumerated().map { panel.values.measured[$0] ? $1 : nil }
    var frame = LandmarkPanel.shared.frame
    frame.set("measured", .booleans(panel.values.measured))
    frame.set("route", .categorical(chosen.map { $0?.route.rawValue ?? "" }))
    frame.set("source_ids", .strings(chosen.map { $0?.sources.joined(separator: " | ") ?? "" }))
    frame.set("rows_merged", .int32s(chosen.map { Int32(clamping: $0?.merged ?? 0) }))
    let rule = configuration.expression?.collapse.rawValue ?? ""
    frame.set("collapse", .categorical(landmarks.indices.map { chosen[$0] == nil ? "" : rule }))
    frame.set("gaps_filled", .int32s(panel.values.filled))
    return frame
  }

  private var expression: [String: StoreValue] {
    let source = configuration.expression
    return [
      "assay": .string(source?.assay.rawValue ?? ""),
      "unit": .string(measured.conversion.target.description),
      "pseudocount": .number(measured.conversion.target.pseudocount),
      "source_unit": .string(measured.finding.unit.description),
      "confidence": .string(measured.finding.confidence.rawValue),
      "evidence": .string(measured.finding.evidence),
      "conversion": .string(measured.conversion.note),
      "clamped_by_rounding": .integer(Int64(measured.matrix.clamped.byRounding)),
      "clamped_by_adjustment": .integer(Int64(measured.matrix.clamped.byAdjustment)),
      "collapse": .string(source?.collapse.rawValue ?? ""),
      "gap_rule": .string(source?.gaps.fill.rawValue ?? ""),
      "gaps_filled": .integer(panel.values.filled.reduce(0) { $0 + Int64($1) }),
      "genes": .integer(Int64(LandmarkPanel.count)),
      "genes_read": .integer(Int64(measured.matrix.genesRead)),
    ]
  }
}

extension LandmarkPanel {
  /// The gene table with what is the same in every store.
  var frame: Frame {
    var frame = Frame(indexName: "symbol", index: landmarks.map(\.symbol))
    frame.set("entrez", .int32s(landmarks.map { Int32($0.entrez) }))
    frame.set("ensembl", .strings(landmarks.map(\.ensembl)))
    frame.set("l1000_symbol", .strings(landmarks.map(\.l1000Symbol)))
    return frame
  }
}

/// What a store says of itself under `uns/therapi`.
struct StoreIdentity {
  /// Raised when the layout of stores changes in a way that readers notice.
  static let schema: Int64 = 1

  let configuration: IngestConfiguration

  init(_ configuration: IngestConfiguration) { self.configuration = configuration }

  var value: StoreValue {
    .group([
      "schema": .integer(Self.schema), "name": .string(configuration.name),
      "title": .string(configuration.title ?? configuration.name), "kind": .string(configuration.kind.rawValue),
      "panel_order": .string(LandmarkPanel.shared.orderHash), "tool_version": .string(ToolVersion.current),
    ])
  }
}
