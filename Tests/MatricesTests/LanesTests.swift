import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Matrices

@Suite("Lanes")
struct LanesTests {
  @Test("run both parts of every fork once, 100,000 times over", arguments: [1, 2])
  func manyForks(count: Int) {
    let lanes = Lanes(count)
    var sums = [0, 0]
    sums.withUnsafeMutableBufferPointer { sums in
      for index in 0..<100_000 { lanes.fork { part in sums[part] += index } }
    }
    #expect(sums == [4_999_950_000, 4_999_950_000])
  }

  @Test("see what the caller wrote before a fork, and the caller what they wrote in it")
  func visibility() {
    let lanes = Lanes(2)
    var cells = [Int](repeating: 0, count: 2)
    var wrong = 0
    cells.withUnsafeMutableBufferPointer { cells in
      for index in 1...20_000 {
        (cells[0], cells[1]) = (index, index)
        lanes.fork { part in cells[part] = cells[1 - part] == index || cells[part] == index ? -index : 0 }
        if cells[0] != -index || cells[1] != -index { wrong += 1 }
      }
    }
    #expect(wrong == 0)
  }

  @Test("are right though neighbours hold every processor")
  func neighbours() {
    let isOver = Atomic<Bool>(false)
    let threads = (0..<4).map { _ in
      Thread { while !isOver.load(ordering: .relaxed) {} }
    }
    threads.forEach { $0.start() }
    defer { isOver.store(true, ordering: .relaxed) }
    let lanes = Lanes(2)
    var sums = [0, 0]
    sums.withUnsafeMutableBufferPointer { sums in
      for index in 0..<2_000 {
        // Parts of unlike length, so that now the one and now the other is first.
        lanes.fork { part in for step in 0..<(part == index % 2 ? 200 : 1) { sums[part] += step == 0 ? index : 0 } }
      }
    }
    #expect(sums == [1_999_000, 1_999_000])
  }

  @Test("wake up after they fell asleep")
  func sleepers() {
    let lanes = Lanes(2)
    var sums = [0, 0]
    var noise: UInt64 = 1
    sums.withUnsafeMutableBufferPointer { sums in
      for _ in 0..<40 {
        // Long enough for the other thread to spin, yield and go to sleep.
        for _ in 0..<200_000 { noise = noise &* 6_364_136_223_846_793_005 &+ 1 }
        lanes.fork { part in sums[part] += 1 }
      }
    }
    #expect(sums == [40, 40] && noise != 0)
  }

  @Test("come and go by the thousand, used or not")
  func comingAndGoing() {
    var sum = 0
    for index in 0..<1_000 {
      let lanes = Lanes(2)
      if index % 3 > 0 {
        let total = Atomic<Int>(0)
        for _ in 0..<(index % 3) { lanes.fork { total.add($0 + 1, ordering: .relaxed) } }
        sum += total.load(ordering: .relaxed)
      }
    }
    #expect(sum == 3 * 333 + 6 * 333)
  }

  @Test("live beside each other, each on the thread that made it")
  func several() async {
    let sums = await withTaskGroup(of: Int.self) { group in
      for _ in 0..<4 {
        group.addTask {
          let lanes = Lanes(2)
          var sums = [0, 0]
          sums.withUnsafeMutableBufferPointer { sums in
            for index in 0..<2_000 { lanes.fork { part in sums[part] += index } }
          }
          return sums[0] + sums[1]
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(sums == [Int](repeating: 3_998_000, count: 4))
  }

  @Test("cut at a multiple of 16 that depends on the count alone")
  func cuts() {
    for count in 0..<200 {
      let middle = Lanes.middle(of: count)
      #expect((0...count).contains(middle) && (middle % 16 == 0 || middle == count))
      #expect(abs(2 * middle - count) <= 16)
      let seen = Mutex<[Range<Int>]>([])
      Lanes(2).split(count, least: 64) { part in seen.withLock { $0.append(part) } }
      let expected = count < 64 ? [0..<count] : [0..<middle, middle..<count]
      #expect(seen.withLock { $0.sorted { $0.lowerBound < $1.lowerBound } } == expected)
    }
  }

  @Test("refuse a fork inside a fork")
  func nested() async {
    await #expect(processExitsWith: .failure) {
      let lanes = Lanes(2)
      lanes.fork { _ in lanes.fork { _ in } }
    }
  }
}
