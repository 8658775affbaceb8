"""What is different in WebAssembly: a loop without a selector, an emulated environment, the channel to the host, and restrictions for programs.
"""
