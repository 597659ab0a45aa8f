"""Share out: which offer serves which need, and how much; what stays unmet and why; what would unlock most.

``problem`` what there is to share, ``solve`` the method, ``result`` its answer; ``unmet`` the cuts that prove what
stays unmet, ``unlock`` what one unit more of a resource is worth, ``what_if`` an offer added, removed, moved, resized.
"""
