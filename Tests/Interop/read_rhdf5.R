# Reads a store with rhdf5, a warning being an error: read_rhdf5.R STORE FOLDER
# Writes X as doubles in R's own order, and the names, categories and responses as lines.
options(warn = 2)
suppressPackageStartupMessages(library(rhdf5))

arguments <- commandArgs(trailingOnly = TRUE)
store <- arguments[1]
out <- function(name) file.path(arguments[2], name)

x <- h5read(store, "X")
writeLines(as.character(dim(x)), out("dim"))
writeBin(as.double(x), out("x"), size = 8, endian = "little")

index <- function(frame) {
  name <- h5readAttributes(store, frame)[["_index"]]
  h5read(store, paste0(frame, "/", name))
}
writeLines(index("obs"), out("obs"))
writeLines(index("var"), out("var"))

tissue <- h5read(store, "obs/tissue")
words <- as.character(tissue$categories)[tissue$codes[tissue$codes >= 0] + 1]
tissues <- rep("", length(tissue$codes))
tissues[tissue$codes >= 0] <- words
writeLines(tissues, out("tissue"))

responses <- h5read(store, "uns/responses")
writeBin(as.double(responses$value), out("responses"), size = 8, endian = "little")

everything <- h5dump(store)
stopifnot(length(everything) > 0)
