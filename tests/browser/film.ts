/** A film for a browser's camera: a picture that is held still before it. */
import { writeFileSync } from 'node:fs';
import QRCode from 'qrcode';

const [WIDTH, HEIGHT] = [640, 480];
const FRAMES = 2;
const [WHITE, BLACK, GREY] = [235, 16, 128];
/** Modules of white around the code, so that it is found. */
const MARGIN = 4;

/** Writes the film of one QR code, as large as it fits (YUV4MPEG2, 4:2:0). */
export function filmOf(file: string, segments: Parameters<typeof QRCode.create>[0]): void {
  const { modules } = QRCode.create(segments, { errorCorrectionLevel: 'M' });
  const pixels = Math.floor(HEIGHT / (modules.size + 2 * MARGIN));
  const luma = Buffer.alloc(WIDTH * HEIGHT, WHITE);
  for (let row = 0; row < modules.size * pixels; row++) {
    for (let column = 0; column < modules.size * pixels; column++) {
      if (modules.get(Math.floor(row / pixels), Math.floor(column / pixels))) luma[(row + MARGIN * pixels) * WIDTH + column + MARGIN * pixels] = BLACK;
    }
  }
  const frame = Buffer.concat([Buffer.from('FRAME\n'), luma, Buffer.alloc(WIDTH * HEIGHT / 2, GREY)]);
  writeFileSync(file, Buffer.concat([Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420jpeg\n`), ...Array<Buffer>(FRAMES).fill(frame)]));
}
