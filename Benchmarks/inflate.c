// Inflates a gzip file on ISA-L, checks its CRC and discards the text: the floor under every reader of such a file.

#include <isa-l/igzip_lib.h>
#include <stdio.h>

static unsigned char compressed[256 * 1024];
static unsigned char text[256 * 1024];

int main(int count, char **arguments) {
  FILE *file = count == 2 ? fopen(arguments[1], "rb") : NULL;
  if (file == NULL) {
    fprintf(stderr, "usage: inflate FILE.gz\n");
    return 2;
  }
  setvbuf(file, NULL, _IONBF, 0);

  struct inflate_state state;
  isal_inflate_init(&state);
  state.crc_flag = ISAL_GZIP;
  do {
    if (state.avail_in == 0) {
      state.next_in = compressed;
      state.avail_in = (uint32_t)fread(compressed, 1, sizeof compressed, file);
      if (state.avail_in == 0) {
        fprintf(stderr, "%s: truncated\n", arguments[1]);
        return 1;
      }
    }
    state.next_out = text;
    state.avail_out = sizeof text;
    int status = isal_inflate(&state);
    if (status != ISAL_DECOMP_OK) {
      fprintf(stderr, "%s: ISA-L error %d\n", arguments[1], status);
      return 1;
    }
  } while (state.block_state != ISAL_BLOCK_FINISH);
  return 0;
}
