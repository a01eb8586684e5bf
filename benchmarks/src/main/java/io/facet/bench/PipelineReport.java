package io.facet.bench;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What {@code bench pipeline} found: one camera, one inference thread, every frame looked at.
 *
 * @param frames frames of the throughput part
 * @param framesPerSecondPerCore frames by the CPU time of decoding and analysis together
 * @param inferenceShare CPU time inside networks by CPU time of the analysis threads; decoding,
 *     scaling and conversion apart
 * @param decodeMsPerFrame CPU time of the thread that reads, decodes, scales and converts
 * @param analysisMsPerFrame CPU time of the threads that detect, track, judge, embed and match
 * @param captureToEventP50Ms from the capture of a visit's first good frame to its event, in real
 *     time at the clip's rate
 * @param events events of that part
 * @param allocatedBytesPerFrame heap allocated by reader and analysis threads
 * @param residentMb memory of the process at the end, in MB of 10^6 bytes
 */
record PipelineReport(
        String pack,
        String clip,
        String frameSize,
        double frameRate,
        String detectorInput,
        long frames,
        double framesPerSecondPerCore,
        double inferenceShare,
        double decodeMsPerFrame,
        double analysisMsPerFrame,
        double inferenceMsPerFrame,
        double facesPerFrame,
        long looks,
        @JsonProperty("capture_to_event_p50_ms") double captureToEventP50Ms,
        @JsonProperty("capture_to_event_p99_ms") double captureToEventP99Ms,
        int events,
        long allocatedBytesPerFrame,
        double residentMb) {}
