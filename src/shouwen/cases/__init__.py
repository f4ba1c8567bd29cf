"""Cases: owner chain, hand-overs, promises, gaps; what every workplace shares."""
