"""What is different in WebAssembly: a loop without a selector, made-up surroundings, the way to the host, and what programs may not reach.
"""
