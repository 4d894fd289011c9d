/** Looks at the picture of this moment. @returns what a code in it says */
export type CodeReader = (video: HTMLVideoElement) => Promise<string | undefined>;

interface Detector {
  detect(source: HTMLVideoElement): Promise<readonly { readonly rawValue: string }[]>;
}
interface DetectorMaker {
  new (options: { readonly formats: readonly string[] }): Detector;
  getSupportedFormats?(): Promise<readonly string[]>;
}

/** Wide enough for a code of version 22 held at arm's length; more makes a cheap phone slow. */
const WIDTH = 960;

/** What the browser brings along reads faster; where it brings nothing, a library is fetched, and kept by the worker for when there is no network. */
export async function codeReader(): Promise<CodeReader> {
  const { BarcodeDetector } = globalThis as { readonly BarcodeDetector?: DetectorMaker };
  const own = BarcodeDetector && (await BarcodeDetector.getSupportedFormats?.().catch((): readonly string[] => []))?.includes('qr_code');
  if (own) {
    const detector = new BarcodeDetector!({ formats: ['qr_code'] });
    return async (video) => (await detector.detect(video))[0]?.rawValue;
  }
  const { default: read } = await import('jsqr');
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  return async (video) => {
    if (video.videoWidth === 0) return undefined;
    canvas.width = Math.min(WIDTH, video.videoWidth);
    canvas.height = Math.round((canvas.width / video.videoWidth) * video.videoHeight);
    context.drawImage(video, 0, 0, canvas.width, canvas.height);
    const { data, width, height } = context.getImageData(0, 0, canvas.width, canvas.height);
    return read(data, width, height)?.data || undefined;
  };
}
