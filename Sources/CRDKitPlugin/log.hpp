#pragma once
#include <functional>
#include <string>

namespace crdkit {

/// Runs work while RDKit's logs are off, together with other work of that kind: nothing reaches the terminal.
void in_silence(const std::function<void()> &work);

/// Runs work alone, and gives the first thing that RDKit's log of errors says meanwhile, empty where it says nothing.
///
/// RDKit tells only its log, which is the process's own, why a SMILES has no meaning.
std::string listening(const std::function<void()> &work);

}  // namespace crdkit
