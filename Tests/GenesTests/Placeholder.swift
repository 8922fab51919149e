import Genes
