"""What can be measured on the two channels of a recorded call: arrays in, small frozen values out.

Samples are one-dimensional float32 arrays in -1 to 1 at a sampling rate in Hz; times are seconds from
the first sample, spans half-open.
"""
