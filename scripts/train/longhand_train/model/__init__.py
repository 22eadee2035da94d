"""The networks: plain PyTorch as the reference, a fast kernel for CPUs, the mixture density output and the optimizer."""
