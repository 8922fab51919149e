"""Embeddings of samples of 978 tokens by transformers' BERT at Geneformer V1-10M's size, with random weights.

Prints one JSON object: the median seconds a sample of the encoder alone, all layers computed, as transformers does it
whichever layer is asked for; and of the model for masked genes, hidden states kept, whose head is computed too: that is
the class that Geneformer's own extraction of embeddings loads for a pretrained model. Arguments: threads, rounds,
samples in a batch (none is padded).
"""

import json
import statistics
import sys
import time

import torch
import transformers
from transformers import BertConfig, BertForMaskedLM, BertModel

TOKENS, VOCABULARY = 978, 25_426


def main():
    threads, rounds, samples = (int(word) for word in sys.argv[1:4])
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    configuration = BertConfig(
        vocab_size=VOCABULARY, hidden_size=256, num_hidden_layers=6, num_attention_heads=4, intermediate_size=512,
        hidden_act="relu", max_position_embeddings=2048, pad_token_id=0, layer_norm_eps=1e-12,
    )
    encoder = BertModel(configuration, add_pooling_layer=False).eval()
    masked = BertForMaskedLM(configuration).eval()
    batch = torch.stack([torch.randperm(TOKENS) + 2 for _ in range(samples)])

    def seconds(embed):
        times = []
        with torch.inference_mode():
            for index in range(rounds + 1):
                start = time.perf_counter()
                embed().mean(dim=1)
                if index > 0:
                    times.append((time.perf_counter() - start) / samples)
        return statistics.median(times)

    print(json.dumps({
        "threads": threads,
        "seconds": seconds(lambda: encoder(input_ids=batch).last_hidden_state),
        "with_head_seconds": seconds(lambda: masked(input_ids=batch, output_hidden_states=True).hidden_states[-2]),
        "transformers": transformers.__version__, "torch": torch.__version__}))


if __name__ == "__main__":
    main()
