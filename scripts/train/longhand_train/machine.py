"""Settings of the machine that must be made before PyTorch starts."""

import ctypes
import os

TRIM, MMAP = -1, -3  # mallopt's names for its thresholds


def settle():
    """One BLAS thread for each product (the trainer runs products side by side), and memory that is kept, not returned and zeroed anew."""
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    try:
        libc = ctypes.CDLL("libc.so.6")
        libc.mallopt(MMAP, 1 << 30)
        libc.mallopt(TRIM, 1 << 30)
    except OSError:
        pass  # another C library; it only costs a little time
