#include "log.hpp"

#include <memory>
#include <mutex>
#include <shared_mutex>
#include <sstream>

#include "before_rdkit.hpp"

#include <RDGeneral/RDLog.h>

namespace {

// Held for good: RDKit's loggers write to them as the program ends.
std::ostringstream &heard = *new std::ostringstream;
std::shared_mutex &turn = *new std::shared_mutex;

void turn_off() {
  static const bool off = [] {
    for (auto log : {&rdAppLog, &rdDebugLog, &rdInfoLog, &rdErrorLog, &rdWarningLog, &rdStatusLog}) {
      *log = std::make_shared<boost::logging::rdLogger>(&heard);
      (*log)->df_enabled = false;
    }
    return true;
  }();
  (void)off;
}

/// The first line, without the time and the title that RDKit puts before it.
std::string first_line(const std::string &text) {
  std::string line = text.substr(0, text.find('\n'));
  if (!line.empty() && line.front() == '[') {
    const size_t end = line.find("] ");
    if (end != std::string::npos) line.erase(0, end + 2);
  }
  const std::string title = "SMILES Parse Error: ";
  if (line.compare(0, title.size(), title) == 0) line.erase(0, title.size());
  return line;
}

}  // namespace

void crdkit::in_silence(const std::function<void()> &work) {
  turn_off();
  const std::shared_lock<std::shared_mutex> together(turn);
  work();
}

std::string crdkit::listening(const std::function<void()> &work) {
  turn_off();
  const std::unique_lock<std::shared_mutex> alone(turn);
  struct Listening {
    Listening() {
      heard.str({});
      rdErrorLog->df_enabled = true;
    }
    ~Listening() { rdErrorLog->df_enabled = false; }
  } const for_a_while;
  work();
  return first_line(heard.str());
}
