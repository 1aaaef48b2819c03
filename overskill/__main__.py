from overskill.cli import main

main()
